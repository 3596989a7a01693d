import Roost
import RoostTemplates
import Testing

@Suite("Logging in")
struct LoginTests {
    struct User: PermittedUser, TemplateObject {
        enum Permission { case write, moderate }

        let loginID: String
        var isActive: Bool { loginID != "blocked" }
        func can(_ permission: Permission) -> Bool { permission == .write || loginID == "admin" }
        func member(_ name: String) -> TemplateValue? { name == "name" ? .string("User \(loginID)") : nil }
    }

    final class Calls { var count = 0 }

    private func makeApp(_ calls: Calls = Calls()) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        app.useTemplates(
            TemplateEnvironment(
                loader: DictionaryLoader([
                    "who.html":
                        "{% if current_user.is_authenticated %}{{ current_user.name }}{% else %}nobody{% endif %}"
                ])))
        let login = try app.useLogin(view: "login") { request, id in
            calls.count += 1
            return id == "gone" ? nil : User(loginID: id)
        }
        login.settings.refreshView = "/again"
        try app.get("/login", endpoint: "login") { request in "log in" }
        try app.get("/login/<id>", endpoint: "enter") { (request, id: String) in
            String(request.logIn(User(loginID: id), remember: request.query.contains("remember")))
        }
        try app.get("/logout") { request in
            request.logOut()
            return "bye"
        }
        try app.get("/who") { request in try request.render("who.html") }
        try app.get("/mine") { request in
            let user: User = try request.requireUser()
            return user.loginID
        }
        try app.requiring(.login).get("/secret/<int:number>") { (request, number: Int) in "secret \(number)" }
        try app.requiring(.freshLogin).get("/fresh") { request in "fresh" }
        try app.requiring(.permission(.moderate, of: User.self)).route("/moderate", methods: [.get, .post]) { request in
            "moderate"
        }
        return app
    }

    @Test("cookies that follow the scheme are for HTTPS alone when they were set over it", arguments: ["http", "https"])
    func scheme(scheme: String) throws {
        let app = try makeApp()
        app.login?.settings.rememberCookie.followsScheme = true
        var sessions = SessionSettings()
        sessions.cookie.followsScheme = true
        app.useSessions(sessions)
        let client = app.testClient()
        client.scheme = scheme
        let cookies = client.get("/login/john?remember=1").headers.all("Set-Cookie")
        #expect(cookies.count == 2)
        for cookie in cookies { #expect(cookie.contains("; Secure") == (scheme == "https"), "\(cookie)") }
    }

    @Test("a guarded page sends strangers to the login page and lets users in")
    func guarded() throws {
        let client = try makeApp().testClient()
        let away = client.get("/secret/7?a=b")
        #expect(away.status == 302 && away.location == "/login?next=%2Fsecret%2F7%3Fa%3Db")
        #expect(try client.session { $0["_flashes"]?[0]?[1] } == "Please log in to access this page.")
        #expect(client.get("/mine").location == "/login?next=%2Fmine")
        #expect(client.get("/login/john").text == "true")
        #expect(client.get("/secret/7").text == "secret 7")
        #expect(client.get("/mine").text == "john")
        _ = client.get("/logout")
        #expect(client.get("/secret/7").status == 302)
    }

    @Test("a redirect to the login page is no error")
    func noError() throws {
        let app = try makeApp()
        final class Seen { var errors = 0 }
        let seen = Seen()
        try app.teardownRequest { request, error in if error != nil { seen.errors += 1 } }
        #expect(app.testClient().get("/mine").status == 302)
        #expect(seen.errors == 0)
    }

    @Test("permissions: strangers log in, others get 403")
    func permissions() throws {
        let client = try makeApp().testClient()
        #expect(client.get("/moderate").status == 302)
        try client.logIn(User(loginID: "john"))
        #expect(client.get("/moderate").status == 403)
        try client.logIn(User(loginID: "admin"))
        #expect(client.get("/moderate").text == "moderate")
        #expect(client.post("/moderate").text == "moderate")
    }

    @Test("a fresh page asks again after the browser was remembered")
    func fresh() throws {
        let client = try makeApp().testClient()
        _ = client.get("/login/john?remember")
        #expect(client.get("/fresh").text == "fresh")
        client.cookies["session"] = nil
        #expect(client.get("/who").text == "User john")
        #expect(client.get("/fresh").location == "/again?next=%2Ffresh")
    }

    @Test("a user may be remembered for a time of the view's own")
    func rememberedFor() throws {
        let app = try makeApp()
        app.unixTime = { 0 }
        try app.get("/day/<id>", endpoint: "day") { (request, id: String) in
            String(request.logIn(User(loginID: id), remember: true, for: .seconds(86_400)))
        }
        let cookies = app.testClient().get("/day/john").headers.all("Set-Cookie")
        let remember = try #require(cookies.first { $0.hasPrefix("remember_token=john|") })
        #expect(remember.contains("Expires=Fri, 02 Jan 1970 00:00:00 GMT"), "\(remember)")
    }

    @Test("logging out forgets the remember cookie")
    func forgets() throws {
        let client = try makeApp().testClient()
        _ = client.get("/login/john?remember")
        #expect(client.cookies["remember_token"] != nil)
        _ = client.get("/logout")
        #expect(client.cookies["remember_token"] == nil)
        #expect(client.get("/who").text == "nobody")
    }

    @Test("a blocked user cannot log in, and one that is gone is nobody")
    func blocked() throws {
        let client = try makeApp().testClient()
        #expect(client.get("/login/blocked").text == "false")
        #expect(client.get("/who").text == "nobody")
        try client.logIn(User(loginID: "gone"))
        #expect(client.get("/who").text == "nobody")
    }

    @Test("the user is looked up once in a request, and only when somebody asks")
    func once() throws {
        let calls = Calls()
        let app = try makeApp(calls)
        try app.get("/plain") { request in "plain" }
        let client = app.testClient()
        try client.logIn(User(loginID: "john"))
        #expect(client.get("/plain").headers["Vary"] == nil && calls.count == 0)
        #expect(client.get("/who").text == "User john" && calls.count == 1)
    }

    @Test("a user loader that fails is an error page, in views and in templates", arguments: ["/who", "/mine"])
    func failing(path: String) throws {
        struct Broken: Error {}
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(["who.html": "{{ current_user.name }}"])))
        try app.useLogin(view: "/login") { request, id in throw Broken() }
        try app.get("/who") { request in try request.render("who.html") }
        try app.get("/mine") { request in try request.requireUser(as: User.self).loginID }
        let client = app.testClient()
        try client.logIn(User(loginID: "1"))
        let response = client.get(path)
        #expect(response.status == 500 && response.error is Broken)
    }

    @Test("templates see the anonymous user that the app gives them")
    func anonymous() throws {
        let app = try makeApp()
        app.login?.anonymousUser = User(loginID: "nobody at all")
        try app.get("/anonymous") { request in try request.render("anonymous.html") }
        app.useTemplates(
            TemplateEnvironment(
                loader: DictionaryLoader([
                    "anonymous.html": "{{ current_user.name }}, {{ current_user.is_authenticated }}"
                ])))
        #expect(app.testClient().get("/anonymous").text == "User nobody at all, False")
    }

    @Test("a login that is missing from the app is an error that says so, and not on the page")
    func notUsed() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.requiring(.login).get("/") { request in "in" }
        let response = app.testClient().get("/")
        #expect(response.status == 500 && response.error is LoginNotUsed && !response.text.contains("useLogin"))
    }

    @Test("a key that cannot sign the remember cookie is an error when somebody wants to be remembered")
    func unusableKey() throws {
        let app = try makeApp()
        app.secrets = AppSecrets(key: "ключ")
        let client = app.testClient()
        #expect(client.get("/login/john").text == "true")
        #expect(client.get("/login/john?remember").error is UnusableSecretKey)
    }

    @Test("a stored hash that cannot be checked is a wrong password")
    func storedHash() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        let hash = try PasswordHash.make("cat", method: .pbkdf2(.sha256, iterations: 10))
        try app.get("/") { request in
            "\(request.isPassword("cat", of: hash)) \(request.isPassword("dog", of: hash)) \(request.isPassword("cat", of: "plain$$cat"))"
        }
        #expect(app.testClient().get("/").text == "true false false")
    }

    @Test("a whole blueprint is guarded with one line, its login page is not")
    func blueprint() throws {
        let app = App("test")
        app.secrets = AppSecrets(key: "a long random text")
        let admin = Blueprint("admin")
        try admin.require(.login)
        try admin.get("/") { request in "admin" }
        try admin.get("/login") { request in "log in" }
        try app.register(admin, prefix: "/admin")
        try app.useLogin(view: "admin.login") { request, id in User(loginID: id) }
        let client = app.testClient()
        #expect(client.get("/admin/").location == "/admin/login?next=%2Fadmin%2F")
        #expect(client.get("/admin/login").text == "log in")
    }

    @Test("what is asked for with OPTIONS needs no login")
    func options() throws {
        let app = try makeApp()
        try app.requiring(.login).route("/any", methods: [.get, .options]) { request in "any" }
        #expect(app.testClient().send("OPTIONS", "/any").status == 200)
    }

    @Test("without a login view, strangers get 401")
    func unauthorized() throws {
        let app = App("test")
        app.secrets = AppSecrets(key: "a long random text")
        try app.useLogin { request, id in User(loginID: id) }
        try app.requiring(.login).get("/") { request in "in" }
        #expect(app.testClient().get("/").status == 401)
    }
}
