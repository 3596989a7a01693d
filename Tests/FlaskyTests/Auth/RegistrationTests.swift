import Foundation
import Roost
import RoostDatabase
import RoostMail
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Registering and confirming", .enabled(if: Blog.server != nil))
struct RegistrationTests {
    private func register(
        _ client: TestClient, _ email: String, _ username: String, _ password: String = "cat", again: String = "cat"
    ) -> TestResponse {
        client.post(
            "/auth/register",
            form: ["email": email, "username": username, "password": password, "password2": again])
    }

    @Test("the walk from registering to a confirmed account")
    func walk() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = blog.client
            var flashes = try blog.flashes {
                let answer = try client.withForm("/auth/register") { form in
                    form["email"] = "John@Example.com"
                    form["username"] = "john"
                    form["password"] = "cat"
                    form["password2"] = "cat"
                }
                #expect(answer.status == 302 && answer.location == "/auth/login")
            }
            #expect(flashes == ["A confirmation email has been sent to you by email."])
            let mail = try #require(blog.outbox.first)
            #expect(blog.outbox.count == 1 && mail.recipients.map(\.address) == ["john@example.com"])
            #expect(mail.subject == "[Flasky] Confirm Your Account")

            let answer = try client.withForm("/auth/login") { form in
                form["email"] = "john@example.com"
                form["password"] = "cat"
            }
            #expect(answer.location == "/" && client.get("/").location == "/auth/unconfirmed")
            let page = client.get("/auth/unconfirmed")
            for text in [
                "<title>Flasky - Confirm your account</title>", "<h1>Hello, john!</h1>",
                "You have not confirmed your account yet.</h3>", "Need another confirmation email?", "Click here",
            ] { #expect(page.text.contains(text), "\(text)") }

            let link = try blog.link(to: "/auth/confirm/")
            flashes = blog.flashes { #expect(client.get(link).location == "/") }
            #expect(flashes == ["You have confirmed your account. Thanks!"])
            #expect(client.get("/").status == 200 && client.get("/auth/unconfirmed").location == "/")
            flashes = blog.flashes { #expect(client.get(link).location == "/") }
            #expect(flashes == [])
        }
    }

    @Test("a new user has the default role, follows himself and has a picture; nobody is logged in")
    func stored() throws {
        try Blog.with { blog in
            let client = blog.client
            #expect(register(client, "JOHN@Example.com", "John").status == 302)
            #expect(!client.isLoggedIn)
            let user = try #require(try User.find(username: "John", in: blog.database))
            #expect(user.email == "john@example.com" && user.role.value?.name == "User" && !user.isConfirmed)
            #expect(user.avatarHash == "d4c74594d841139328695756648b6bd6")
            #expect(user.passwordHash?.hasPrefix("pbkdf2:sha256:1$") == true)
            let follows = try Follow.query.all(in: blog.database)
            #expect(follows.map(\.followerID) == [user.id] && follows.map(\.followedID) == [user.id])
        }
    }

    @Test(
        "the administrator's address gets that role, however it was written, and must be confirmed all the same",
        arguments: ["admin@example.com", "  Admin@Example.COM "])
    func admin(setting: String) throws {
        try Blog.with(["flasky.admin": setting]) { blog in
            #expect(register(blog.client, "ADMIN@example.com", "boss").status == 302)
            #expect(register(blog.client, "john@example.com", "john").status == 302)
            let boss = try User.find(username: "boss", in: blog.database)
            #expect(boss?.isAdministrator == true && boss?.isConfirmed == false)
            #expect(try User.find(username: "john", in: blog.database)?.isAdministrator == false)
        }
    }

    @Test(
        "an administrator's address that nobody could register is refused at the start",
        arguments: ["boss", "a@b.com c@d.com"])
    func badAdmin(setting: String) throws {
        let error = #expect(throws: SettingError.self) { try Blog.with(["flasky.admin": setting]) { _ in } }
        #expect(error?.key == "flasky.admin" && error?.problem.contains(setting) == true)
    }

    @Test("without a default role, and without an administrator's address, a user has no role")
    func noRole() throws {
        try Blog.with(["flasky.admin": ""]) { blog in
            try blog.database.execute("UPDATE roles SET \"default\" = false")
            #expect(register(blog.client, "admin@example.com", "john").status == 302)
            let john = try #require(try User.find(username: "john", in: blog.database))
            #expect(john.roleID == nil && !john.can([]))
            #expect(blog.logIn(blog.client, "admin@example.com", "cat").status == 302)
        }
    }

    @Test("every error is said below its field, in the order of the checks")
    func errors() throws {
        try Blog.with { blog in
            try blog.add("john")
            func errors(_ email: String, _ name: String, _ password: String = "cat", _ again: String = "cat")
                -> [String]
            {
                let page = register(blog.client, email, name, password, again: again)
                return page.status == 200 ? page.fieldErrors : ["\(page.status)"]
            }
            let long = String(repeating: "a", count: 65)
            let required = "This field is required."
            let length = "Field must be between 1 and 64 characters long."
            let pattern = "Usernames must have only letters, numbers, dots or underscores"
            #expect(errors("", "", "", "") == [required, required, required, required])
            #expect(errors("JOHN@example.com", "susan") == ["Email already registered."])
            #expect(errors("susan@example.com", "john") == ["Username already in use."])
            #expect(errors("susan@example.com", "JOHN") == ["Username already in use."])
            #expect(errors("susan@example.com", "2susan\n") == [pattern])
            #expect(errors("susan@example.com", "susan", "cat", "dog") == ["Passwords must match."])
            #expect(errors(long, long + "!") == [length, "Invalid email address.", length, pattern])
            #expect(blog.outbox.isEmpty)
        }
    }

    @Test("passwords may have a least length")
    func shortPassword() throws {
        try Blog.with(["flasky.minimum_password_length": "8"]) { blog in
            let page = register(blog.client, "john@example.com", "john")
            #expect(page.fieldErrors == ["Field must be at least 8 characters long."])
            #expect(register(blog.client, "john@example.com", "john", "catcatca", again: "catcatca").status == 302)
        }
    }

    @Test(
        "who registers between the check and the insert makes the other see the form's error, not an error page",
        arguments: [
            ("john@example.com", "susan", "Email already registered."),
            ("susan@example.com", "john", "Username already in use."),
        ])
    func race(email: String, username: String, message: String) throws {
        try Blog.with { blog in
            // Right before the insert is sent, somebody registers over another connection, as through another worker.
            var hasRaced = false
            let database = try #require(blog.app.database)
            let rival = blog.rival()
            defer { rival.close() }
            database.statementObserver = { statement in
                guard !hasRaced, statement.contains("INSERT INTO") else { return }
                hasRaced = true
                do {
                    try rival.execute(
                        """
                        INSERT INTO users (email, username, member_since, last_seen)
                        VALUES ('john@example.com', 'john', now(), now())
                        """)
                } catch { Issue.record(error) }
            }
            defer { database.statementObserver = nil }
            let page = register(blog.client, email, username)
            #expect(hasRaced && page.status == 200 && page.fieldErrors == [message])
            let (users, follows) = (try User.query.count(in: blog.database), try Follow.query.count(in: blog.database))
            #expect(users == 1 && follows == 0 && blog.outbox.isEmpty)
        }
    }

    @Test("another confirmation mail comes for who needs one, and for nobody else")
    func resend() throws {
        try Blog.with { blog in
            try blog.add("john", isConfirmed: false)
            try blog.add("susan")
            let client = try blog.loggedIn("john")
            for method in [HTTPMethod.get, .post] {
                let flashes = blog.flashes { #expect(client.send(method, "/auth/confirm").location == "/") }
                #expect(flashes == ["A new confirmation email has been sent to you by email."])
            }
            #expect(blog.outbox.count == 2)
            let link = try blog.link(to: "/auth/confirm/")
            #expect(client.get(link).location == "/")
            let confirmed = try blog.loggedIn("susan")
            let flashes = blog.flashes { #expect(confirmed.get("/auth/confirm").location == "/") }
            #expect(flashes == [])
            #expect(blog.outbox.count == 2)
            #expect(blog.client.get("/auth/confirm").location == "/auth/login?next=%2Fauth%2Fconfirm")
        }
    }

    @Test("a link that is forged, too old, somebody else's or of another kind confirms nobody")
    func badToken() throws {
        try Blog.with { blog in
            let john = try blog.add("john", isConfirmed: false)
            let susan = try blog.add("susan", isConfirmed: false)
            let client = try blog.loggedIn("john")
            let tokens = try AccountTokens(blog.app)
            let good = try tokens.confirmation(of: john)
            for token in [
                "nonsense", good + "x", try tokens.confirmation(of: susan), try tokens.reset(of: john),
                try tokens.emailChange(of: john, to: "x@example.com"), try tokens.api(for: john),
            ] {
                let flashes = blog.flashes { #expect(client.get("/auth/confirm/" + token).location == "/") }
                #expect(flashes == ["The confirmation link is invalid or has expired."], "\(token)")
            }
            let now = UnixTime.now
            blog.app.unixTime = { now + 3601 }
            let flashes = blog.flashes { #expect(client.get("/auth/confirm/" + good).location == "/") }
            #expect(flashes == ["The confirmation link is invalid or has expired."])
            #expect(try User.find(john.id, in: blog.database)?.isConfirmed == false)
        }
    }

    @Test("of two who take a name at the same moment in different letter case, one is told")
    func sameNameAtOnce() throws {
        try Blog.with { blog in
            let settings = blog.database.settings
            let hasAdded = DispatchSemaphore(value: 0)
            let first = Thread {
                let other = Connection(settings: settings)
                defer { other.close() }
                try? other.transaction {
                    _ = try User.add(
                        email: "first@example.com", username: "John", passwordHash: "x", role: nil, in: other)
                    hasAdded.signal()
                    // Until the other request waits for the name.
                    for _ in 0..<500 {
                        let waits: Bool = try other.value(
                            """
                            SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                            """)
                        if waits { return }
                        usleep(10_000)
                    }
                }
            }
            first.start()
            #expect(hasAdded.wait(timeout: .now() + 10) == .success)
            let answer = register(blog.client, "second@example.com", "JOHN")
            #expect(answer.status == 200 && answer.text.contains("Username already in use."))
            for _ in 0..<500 where !first.isFinished { usleep(10_000) }
            let names = try blog.database.rows("SELECT username FROM users", as: String.self)
            #expect(names == ["John"] && blog.outbox.isEmpty)
        }
    }

    @Test("mails are asked for so often by one client, and so often for one account")
    func limits() throws {
        try Blog.with(["flasky.mails_per_address": "2"]) { blog in
            for number in 1...2 { #expect(register(blog.client, "a\(number)@example.com", "a\(number)").status == 302) }
            #expect(register(blog.client, "a3@example.com", "a3").status == 429)
            let count = try User.query.count(in: blog.database)
            #expect(count == 2)
        }
        try Blog.with(["flasky.mails_per_account": "2"]) { blog in
            try blog.add("john", isConfirmed: false)
            let client = try blog.loggedIn("john")
            #expect((1...3).map { _ in client.post("/auth/confirm").status } == [302, 302, 429])
            #expect(blog.outbox.count == 2)
        }
    }
}
