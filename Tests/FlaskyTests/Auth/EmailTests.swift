import Roost
import RoostDatabase
import RoostMail
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Changing an e-mail address", .enabled(if: Blog.server != nil))
struct EmailTests {
    private func ask(_ client: TestClient, _ email: String, _ password: String = "cat") -> TestResponse {
        client.post("/auth/change_email", form: ["email": email, "password": password])
    }

    @Test("the link in a mail to the new address changes it, and the picture with it")
    func changes() throws {
        try Blog.with { blog in
            let susan = try blog.add("susan")
            let client = try blog.loggedIn("susan")
            let page = client.get("/auth/change_email").text
            for text in [
                "<title>Flasky - Change Email Address</title>", "<h1>Change Your Email Address</h1>", "New Email",
                "value=\"Update Email Address\"",
            ] { #expect(page.contains(text), "\(text)") }

            var flashes = blog.flashes { #expect(ask(client, "John@Example.com").location == "/") }
            #expect(
                flashes == ["An email with instructions to confirm your new email address has been sent to you."])
            let mail = try #require(blog.outbox.last)
            #expect(mail.recipients.map(\.address) == ["john@example.com"])
            #expect(mail.subject == "[Flasky] Confirm your email address")
            let link = try blog.link(to: "/auth/change_email/")
            flashes = blog.flashes { #expect(client.get(link).location == "/") }
            #expect(flashes == ["Your email address has been updated."])
            let changed = try #require(try User.find(susan.id, in: blog.database))
            #expect(changed.email == "john@example.com" && changed.avatarHash == "d4c74594d841139328695756648b6bd6")
            flashes = blog.flashes { #expect(client.get(link).location == "/") }
            #expect(flashes == ["Invalid request."])
        }
    }

    @Test("who registers with the administrator's address and never shows that it is his is no administrator")
    func borrowedAddress() throws {
        try Blog.with { blog in
            let client = blog.client
            let registered = client.post(
                "/auth/register",
                form: ["email": "admin@example.com", "username": "mallory", "password": "cat", "password2": "cat"])
            #expect(registered.location == "/auth/login")
            #expect(blog.logIn(client, "admin@example.com", "cat").status == 302)
            #expect(ask(client, "mallory@example.com").location == "/")
            #expect(client.get(try blog.link(to: "/auth/change_email/")).location == "/")
            #expect(client.post("/auth/confirm").status == 302)
            #expect(client.get(try blog.link(to: "/auth/confirm/")).location == "/")
            #expect(client.get("/").status == 200 && client.get("/moderate").status == 403)
            let mallory = try #require(try User.find(email: "mallory@example.com", in: blog.database))
            #expect(mallory.isConfirmed && mallory.role.value?.name == "User")
        }
    }

    @Test("a confirmed administrator stays one under another address")
    func administratorMoves() throws {
        try Blog.with { blog in
            try blog.add("boss", role: "Administrator")
            let client = try blog.loggedIn("boss")
            #expect(ask(client, "chief@example.com").location == "/")
            #expect(client.get(try blog.link(to: "/auth/change_email/")).location == "/")
            #expect(client.get("/moderate").status == 200)
        }
    }

    @Test("an address that somebody has, one's own too, and a wrong password are refused")
    func refused() throws {
        try Blog.with { blog in
            try blog.add("john")
            try blog.add("susan")
            let client = try blog.loggedIn("susan")
            for email in ["JOHN@example.com", "susan@example.com"] {
                #expect(ask(client, email).fieldErrors == ["Email already registered."])
            }
            #expect(ask(client, "x@example", "").fieldErrors == ["Invalid email address.", "This field is required."])
            let flashes = blog.flashes { #expect(ask(client, "new@example.com", "dog").status == 200) }
            #expect(flashes == ["Invalid email or password."] && blog.outbox.isEmpty)
        }
    }

    @Test("of two changes at the same moment the second changes nothing")
    func twoChanges() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            var (first, second) = (john, john)
            let isFirst = try first.setEmail("first@example.com", in: blog.database)
            let isSecond = try second.setEmail("second@example.com", in: blog.database)
            #expect(isFirst && !isSecond && second.email == "john@example.com")
            let after = try User.find(john.id, in: blog.database)
            #expect(after?.email == "first@example.com")
        }
    }

    @Test("somebody else's link, one of another kind, and one for an address taken meanwhile change nothing")
    func badLinks() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let client = try blog.loggedIn("susan")
            let tokens = try AccountTokens(blog.app)
            for token in [
                "nonsense", try tokens.emailChange(of: john, to: "new@example.com"),
                try tokens.emailChange(of: susan, to: "john@example.com"), try tokens.confirmation(of: susan),
                try tokens.reset(of: susan), try tokens.api(for: susan),
            ] {
                let flashes = blog.flashes { #expect(client.get("/auth/change_email/" + token).location == "/") }
                #expect(flashes == ["Invalid request."], "\(token)")
            }
            let after = try User.find(susan.id, in: blog.database)
            #expect(after?.email == "susan@example.com")
        }
    }

    @Test("links that were asked for before a change die with it: the first of two does not change the address back")
    func singleUse() throws {
        try Blog.with { blog in
            let boss = try blog.add("boss")
            let client = try blog.loggedIn("boss")
            let links = try ["boss1@example.com", "boss2@example.com", "boss@example.com"].map { address in
                // The third address is one's own: no mail is sent, and a token for it is made by hand.
                guard ask(client, address).status == 302 else {
                    return "/auth/change_email/" + (try AccountTokens(blog.app).emailChange(of: boss, to: address))
                }
                return try blog.link(to: "/auth/change_email/")
            }
            let flashes = blog.flashes {
                for link in [links[1], links[0], links[1], links[2]] { _ = client.get(link) }
            }
            let refused = "Invalid request."
            #expect(flashes == ["Your email address has been updated.", refused, refused, refused])
            let after = try User.find(boss.id, in: blog.database)
            #expect(after?.email == "boss2@example.com")
        }
    }

    @Test("a token that does not say which address it replaces changes nothing")
    func unboundToken() throws {
        try Blog.with { blog in
            let susan = try blog.add("susan")
            let payload: SessionValue = [
                "change_email": .integer(susan.id), "new_email": .text("new@example.com"),
            ]
            let signature = TimedJSONWebSignature(key: try blog.app.secretKey())
            let token = try signature.make(payload, validFor: AccountTokens.life, now: blog.app.unixTime())
            let client = try blog.loggedIn("susan")
            let flashes = blog.flashes { #expect(client.get("/auth/change_email/" + token).location == "/") }
            #expect(flashes == ["Invalid request."])
            let after = try User.find(susan.id, in: blog.database)
            #expect(after?.email == "susan@example.com")
        }
    }

    @Test("who takes the address between the question and the change gets it")
    func race() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let client = try blog.loggedIn("susan")
            let token = try AccountTokens(blog.app).emailChange(of: susan, to: "new@example.com")
            let (database, rival) = (try #require(blog.app.database), blog.rival())
            defer { rival.close() }
            var hasRaced = false
            database.statementObserver = { statement in
                guard !hasRaced, statement.contains("SET \"email\"") else { return }
                hasRaced = true
                do {
                    try rival.execute("UPDATE users SET email = 'new@example.com' WHERE id = \(john.id)")
                } catch { Issue.record(error) }
            }
            defer { database.statementObserver = nil }
            let flashes = blog.flashes { #expect(client.get("/auth/change_email/" + token).location == "/") }
            #expect(hasRaced && flashes == ["Invalid request."])
        }
    }
}
