import Roost
import RoostMail
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Changing and resetting passwords", .enabled(if: Blog.server != nil))
struct PasswordTests {
    @Test("the pages have the titles, headings and labels of the book")
    func pages() throws {
        try Blog.with { blog in
            try blog.add("john")
            let change = try blog.loggedIn("john").get("/auth/change-password").text
            for text in [
                "<title>Flasky - Change Password</title>", "<h1>Change Your Password</h1>", "Old password",
                "New password",
                "Confirm new password", "value=\"Update Password\"",
            ] { #expect(change.contains(text), "\(text)") }
            let ask = blog.client.get("/auth/reset").text
            for text in [
                "<title>Flasky - Password Reset</title>", "<h1>Reset Your Password</h1>", "value=\"Reset Password\"",
            ] {
                #expect(ask.contains(text), "\(text)")
            }
            let reset = blog.client.get("/auth/reset/whatever")
            #expect(
                reset.status == 200 && reset.text.contains("New Password") && reset.text.contains("Confirm password"))
        }
    }

    private func change(_ client: TestClient, _ old: String, _ new: String, again: String? = nil) -> TestResponse {
        client.post(
            "/auth/change-password", form: ["old_password": old, "password": new, "password2": again ?? new])
    }

    @Test("the old password is asked for")
    func wrongPassword() throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = try blog.loggedIn("john")
            let flashes = blog.flashes { #expect(change(client, "wrong", "dog").status == 200) }
            #expect(flashes == ["Invalid password."])
            #expect(change(client, "cat", "dog", again: "cow").fieldErrors == ["Passwords must match."])
            #expect(change(client, "", "", again: " ").fieldErrors.count == 3)
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 302)
            #expect(blog.client.get("/auth/change-password").location?.hasPrefix("/auth/login?next=") == true)
        }
    }

    @Test("a change ends all other sessions and remembered browsers; the one that made it goes on")
    func otherSessions() throws {
        try Blog.with { blog in
            try blog.add("john")
            let (here, there) = (try blog.loggedIn("john", remember: true), try blog.loggedIn("john"))
            let remembered = try blog.loggedIn("john", remember: true)
            remembered.cookies["session"] = nil
            #expect(here.isLoggedIn && there.isLoggedIn && remembered.isLoggedIn)

            let flashes = blog.flashes { #expect(change(here, "cat", "dog").location == "/") }
            #expect(flashes == ["Your password has been updated."])
            #expect(here.isLoggedIn && !there.isLoggedIn && !remembered.isLoggedIn)
            here.cookies["session"] = nil
            #expect(here.isLoggedIn, "the remember cookie goes on, too")
            #expect(remembered.cookies["remember_token"] == nil, "a cookie that is worth nothing is taken back")
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 200)
            #expect(blog.logIn(blog.client, "john@example.com", "dog").status == 302)
        }
    }

    private func reset(_ client: TestClient, _ link: String, _ new: String = "dog") -> TestResponse {
        client.post(link, form: ["password": new, "password2": new])
    }

    @Test("a reset link sets a password once, and ends every session")
    func resets() throws {
        try Blog.with { blog in
            try blog.add("john")
            let (client, session) = (blog.client, try blog.loggedIn("john"))
            var flashes = blog.flashes {
                let asked = client.post("/auth/reset", form: ["email": "JOHN@example.com"])
                #expect(asked.status == 302 && asked.location == "/auth/login")
            }
            #expect(flashes == ["An email with instructions to reset your password has been sent to you."])
            let link = try blog.link(to: "/auth/reset/")
            #expect(client.get(link).status == 200)
            let differs = client.post(link, form: ["password": "dog", "password2": "cow"])
            #expect(differs.fieldErrors == ["Passwords must match"])
            flashes = blog.flashes { #expect(reset(client, link).location == "/auth/login") }
            #expect(flashes == ["Your password has been updated."])
            #expect(!session.isLoggedIn)

            #expect(reset(client, link, "cow").location == "/")
            #expect(blog.logIn(blog.client, "john@example.com", "dog").status == 302)
        }
    }

    @Test("a password that was changed meanwhile makes a reset link worthless")
    func changedMeanwhile() throws {
        try Blog.with { blog in
            try blog.add("john")
            blog.askForReset()
            #expect(try change(blog.loggedIn("john"), "cat", "cow").status == 302)
            #expect(try reset(blog.client, blog.link(to: "/auth/reset/")).location == "/")
            #expect(blog.logIn(blog.client, "john@example.com", "cow").status == 302)
        }
    }

    @Test("of two requests with one link at the same time one finds it used")
    func race() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            var (one, other) = (john, john)
            let first = try one.setPassword(blog.hash("dog"), in: blog.database)
            let second = try other.setPassword(blog.hash("cow"), in: blog.database)
            #expect(first && !second)
            #expect(blog.logIn(blog.client, "john@example.com", "dog").status == 302)
        }
    }

    @Test("whether somebody has an address cannot be told from the answer; only who has it gets mail")
    func enumeration() throws {
        try Blog.with { blog in
            try blog.add("john")
            let answers = ["john@example.com", "nobody@example.com"].map { blog.askForReset($0) }
            #expect(answers[0].status == answers[1].status && answers[0].location == answers[1].location)
            #expect(answers[0].text == answers[1].text)
            #expect(blog.outbox.map { $0.recipients.map(\.address) } == [["john@example.com"]])
            #expect(blog.askForReset("john").fieldErrors == ["Invalid email address."])
        }
    }

    @Test("too many mails to one address are refused alike, whether or not somebody has it")
    func limits() throws {
        try Blog.with(["flasky.mails_per_account": "1"]) { blog in
            try blog.add("john")
            for email in ["john@example.com", "nobody@example.com"] {
                let statuses = (1...2).map { _ in blog.askForReset(email).status }
                #expect(statuses == [302, 429], "\(email)")
            }
            #expect(blog.outbox.count == 1)
        }
    }

    @Test("a token of another kind, without a password's digest, or too old resets nothing")
    func badToken() throws {
        try Blog.with { blog in
            let john = try blog.add("john", isConfirmed: false)
            let tokens = try AccountTokens(blog.app)
            let signature = TimedJSONWebSignature(key: try blog.app.secretKey())
            let good = try tokens.reset(of: john)
            let others = [
                "nonsense", try tokens.confirmation(of: john), try tokens.api(for: john),
                try tokens.emailChange(of: john, to: "x@example.com"),
                try signature.make(["reset": .integer(john.id)], validFor: .seconds(3600)),
                try signature.make(["reset": .text("\(john.id)"), "password": "x"], validFor: .seconds(3600)),
                try signature.make(["reset": .integer(99), "password": "x"], validFor: .seconds(3600)),
                try signature.make(["reset": .integer(.max), "password": "x"], validFor: .seconds(3600)),
                try signature.make([.integer(john.id)], validFor: .seconds(3600)),
            ]
            for token in others { #expect(reset(blog.client, "/auth/reset/" + token).location == "/", "\(token)") }
            let now = UnixTime.now
            blog.app.unixTime = { now + 3601 }
            #expect(reset(blog.client, "/auth/reset/" + good).location == "/")
            blog.app.unixTime = { now }
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 302)
            #expect(reset(blog.client, "/auth/reset/" + good).location == "/auth/login")
        }
    }

    @Test("who is logged in has no password to reset")
    func loggedIn() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let client = try blog.loggedIn("john")
            let token = try AccountTokens(blog.app).reset(of: john)
            for path in ["/auth/reset", "/auth/reset/" + token] {
                #expect(client.get(path).location == "/" && reset(client, path).location == "/")
            }
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 302 && blog.outbox.isEmpty)
        }
    }
}

extension Blog {
    func hash(_ password: String) throws -> String {
        try PasswordHash.make(password, method: .pbkdf2(.sha256, iterations: 1))
    }
}
