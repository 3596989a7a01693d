import Glibc
import Roost
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Logging in and out", .enabled(if: Blog.server != nil))
struct LoginTests {
    @Test("the page has the form and the links of the book")
    func page() throws {
        try Blog.with { blog in
            let page = blog.client.get("/auth/login")
            #expect(page.status == 200)
            let texts = [
                "<title>Flasky - Login</title>", "<h1>Login</h1>", "Forgot your password?", "New user?",
                "<a href=\"/auth/reset\">Click here to reset it</a>",
                "<a href=\"/auth/register\">Click here to register</a>",
                "Keep me logged in", "name=\"remember_me\"", "value=\"y\"", "value=\"Log In\"",
            ]
            for text in texts { #expect(page.text.contains(text), "\(text)") }
        }
    }

    @Test("the right password logs in, whatever case the address is typed in, and leads home or to the page asked for")
    func right() throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = blog.client
            let flashes = blog.flashes {
                let away = client.get("/auth/change-password")
                #expect(away.location == "/auth/login?next=%2Fauth%2Fchange-password")
            }
            #expect(flashes == ["Please log in to access this page."])
            let answer = blog.logIn(client, "John@Example.COM", "cat", next: "%2Fauth%2Fchange-password")
            #expect(answer.status == 302 && answer.location == "/auth/change-password")
            #expect(client.isLoggedIn)
            #expect(client.get("/auth/login").status == 200)
            #expect(blog.logIn(blog.client, "john@example.com", "cat").location == "/")
        }
    }

    @Test(
        "an address of another site, or one that a browser would take for one, is not gone to",
        arguments: [
            "//evil.example", "/%5Cevil.example", "https://evil.example/", "http:evil.example", "evil",
            "/%09/evil.example",
            "/a%0D%0Ab", "http://localhost/user/john", "",
        ])
    func openRedirect(next: String) throws {
        try Blog.with { blog in
            try blog.add("john")
            #expect(blog.logIn(blog.client, "john@example.com", "cat", next: next).location == "/")
        }
    }

    @Test("a wrong address and a wrong password get the same page, with the address still there")
    func wrong() throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = blog.client
            for (email, password) in [("john@example.com", "dog"), ("nobody@example.com", "cat")] {
                let flashes = blog.flashes {
                    let page = blog.logIn(client, email, password)
                    #expect(page.status == 200 && page.text.contains("value=\"\(email)\"") && page.fieldErrors == [])
                }
                #expect(flashes == ["Invalid email or password."])
            }
            #expect(!client.isLoggedIn)
        }
    }

    @Test("what is missing or malformed is said below its field")
    func fieldErrors() throws {
        try Blog.with { blog in
            let long = String(repeating: "a", count: 60) + "@x.com"
            #expect(
                blog.logIn(blog.client, "", " ").fieldErrors == ["This field is required.", "This field is required."])
            #expect(blog.logIn(blog.client, "a@b", "cat").fieldErrors == ["Invalid email address."])
            #expect(
                blog.logIn(blog.client, long, "cat").fieldErrors == ["Field must be between 1 and 64 characters long."])
        }
    }

    @Test(
        "a stranger may type any bytes",
        arguments: ["a\u{0}@example.com", "john@example.com\u{0}", "'; DROP TABLE users"])
    func odd(email: String) throws {
        try Blog.with { blog in
            #expect(blog.logIn(blog.client, email, "\u{0}").status == 200)
        }
    }

    @Test(
        "logging out ends the session and the remember cookie, by POST and as in the book by GET",
        arguments: ["POST", "GET"])
    func logOut(method: String) throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = try blog.loggedIn("john", remember: true)
            let flashes = blog.flashes {
                let away = method == "GET" ? client.get("/auth/logout") : client.post("/auth/logout")
                #expect(away.status == 302 && away.location == "/")
            }
            #expect(flashes == ["You have been logged out."])
            #expect(!client.isLoggedIn && client.cookies["remember_token"] == nil)
            #expect(client.get("/auth/logout").location == "/auth/login?next=%2Fauth%2Flogout")
        }
    }

    @Test("another site cannot log anybody out, and nobody can by GET when that is switched off")
    func legacy() throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = try blog.loggedIn("john")
            #expect(client.get("/auth/logout", headers: ["Sec-Fetch-Site": "cross-site"]).status == 403)
            #expect(client.isLoggedIn)
        }
        try Blog.with(["flasky.legacy_get": "false"]) { blog in
            try blog.add("john")
            let client = try blog.loggedIn("john")
            let refused = client.get("/auth/logout")
            #expect(refused.status == 405 && refused.headers["Allow"] == "POST" && client.isLoggedIn)
            #expect(client.post("/auth/logout").status == 302 && !client.isLoggedIn)
        }
    }

    @Test("an old hash is checked and then replaced by one of today; a new one stays")
    func rehash() throws {
        try Blog.with(["flasky.password_rounds": "1000"]) { blog in
            let john = try blog.add("john")
            let old = try PasswordHash.make("cat", method: .pbkdf2(.sha256, iterations: 50))
            try blog.database.execute("UPDATE users SET password_hash = \(old)")
            #expect(blog.logIn(blog.client, "john@example.com", "dog").status == 200)
            #expect(try User.find(john.id, in: blog.database)?.passwordHash == old)
            let client = try blog.loggedIn("john")
            let new = try #require(try User.find(john.id, in: blog.database)?.passwordHash)
            #expect(new.hasPrefix("pbkdf2:sha256:1000$") && client.isLoggedIn)
            _ = try blog.loggedIn("john")
            #expect(try User.find(john.id, in: blog.database)?.passwordHash == new)
        }
    }

    @Test("an unknown address takes as long as a wrong password, also one with an old hash")
    func time() throws {
        let policy = PasswordPolicy(rounds: 100_000)
        #expect(policy.nobodysHash.hasPrefix("pbkdf2:sha256:100000$"))
        #expect(policy.remainder(after: "pbkdf2:sha256:30000$x$y")?.hasPrefix("pbkdf2:sha256:70000$") == true)
        #expect(policy.remainder(after: "pbkdf2:sha256:100000$x$y") == nil && policy.remainder(after: "") == nil)
        try Blog.with(["flasky.password_rounds": "100000", "flasky.logins_per_account": "0"]) { blog in
            try blog.add("old")
            try blog.add("new")
            for (name, rounds) in [("old", 1000), ("new", 100_000)] {
                let hash = try PasswordHash.make("cat", method: .pbkdf2(.sha256, iterations: rounds))
                try blog.database.execute("UPDATE users SET password_hash = \(hash) WHERE username = \(name)")
            }
            // The least of several, in time of the processor. On a busy machine that differs still, but never as much
            // as a request without its hundred thousand rounds would.
            func seconds(_ email: String) -> Double {
                (0..<4).map { _ in
                    let start = Self.processorSeconds()
                    blog.logIn(blog.client, email, "dog")
                    return Self.processorSeconds() - start
                }.min() ?? 0
            }
            let (nobody, old, new) = (seconds("x@example.com"), seconds("old@example.com"), seconds("new@example.com"))
            for known in [old, new] { #expect((0.4...2.5).contains(nobody / known), "\(nobody) \(known)") }
        }
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("too many attempts from one client, or to one account, are answered with 429")
    func limits() throws {
        try Blog.with(["flasky.logins_per_address": "3"]) { blog in
            try blog.add("john")
            let client = blog.client
            for number in 1...3 { #expect(blog.logIn(client, "\(number)@example.com", "dog").status == 200) }
            let refused = blog.logIn(client, "john@example.com", "cat")
            #expect(refused.status == 429 && refused.headers["Retry-After"] != nil)
            client.remoteAddress = "192.0.2.7"
            #expect(blog.logIn(client, "john@example.com", "cat").status == 302)
        }
        try Blog.with(["flasky.logins_per_account": "2"]) { blog in
            try blog.add("john")
            try blog.add("susan")
            let (guesser, owner) = (blog.client, blog.client)
            guesser.remoteAddress = "192.0.2.1"
            let statuses = ["john", "JOHN", "john"].map { blog.logIn(guesser, $0 + "@example.com", "dog").status }
            #expect(statuses == [200, 200, 429])
            #expect(blog.logIn(guesser, "susan@example.com", "cat").status == 302, "another account is another matter")
            #expect(blog.logIn(owner, "john@example.com", "cat").status == 302, "whoever guesses keeps nobody out")
        }
    }

    @Test("logins that go well are not counted")
    func goodLogins() throws {
        try Blog.with(["flasky.logins_per_address": "2", "flasky.logins_per_account": "2"]) { blog in
            try blog.add("john")
            for _ in 0..<5 { #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 302) }
        }
    }

    @Test("a hash that leaves out its rounds has the 50,000 of its time, and is renewed")
    func oldHash() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let hash = try PasswordHash.make("cat", method: .pbkdf2(.sha256, iterations: 50_000))
            let old = hash.replacing("pbkdf2:sha256:50000$", with: "pbkdf2:sha256$")
            try blog.database.execute("UPDATE users SET password_hash = \(old) WHERE id = \(john.id)")
            #expect(blog.logIn(blog.client, "john@example.com", "dog").status == 200)
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 302)
            let stored = try User.find(john.id, in: blog.database)?.passwordHash
            #expect(stored?.hasPrefix("pbkdf2:sha256:1$") == true || stored == old)
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 302)
        }
    }

    @Test("a form without the session's token is refused with the words of the book")
    func csrf() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            try blog.add("john")
            let client = blog.client
            let form: KeyValuePairs = ["email": "john@example.com", "password": "cat"]
            #expect(client.post("/auth/login", form: form).formErrors == ["The CSRF token is missing."])
            func sent(_ token: String) -> [String] {
                client.post(
                    "/auth/login", form: ["csrf_token": token, "email": "john@example.com", "password": "cat"]
                ).formErrors
            }
            #expect(sent("nonsense") == ["The CSRF token is invalid."])
            let others = try blog.client.csrfToken()
            #expect(sent(others) == ["The CSRF tokens do not match."])
            let token = try client.csrfToken()
            let now = UnixTime.now
            blog.app.unixTime = { now + 3700 }
            #expect(sent(token) == ["The CSRF token has expired."])
            blog.app.unixTime = { now }
            let fresh = try client.withForm("/auth/login") {
                $0["email"] = "john@example.com"
                $0["password"] = "cat"
            }
            #expect(fresh.status == 302)
            #expect(client.post("/auth/logout").status == 400 && client.isLoggedIn)
        }
    }

    @Test("a token that was known before the login is worth nothing after it")
    func newToken() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            try blog.add("john")
            let client = blog.client
            let before = try client.csrfToken()
            let answer = client.post(
                "/auth/login", form: ["csrf_token": before, "email": "john@example.com", "password": "cat"])
            #expect(answer.status == 302)
            #expect(client.post("/auth/logout", form: ["csrf_token": before]).status == 400)
            #expect(try client.submit("/auth/logout").status == 302)
        }
    }
}
