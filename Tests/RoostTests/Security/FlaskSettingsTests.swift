import Roost
import Testing

@Suite("Settings that Flask and its extensions have")
struct FlaskSettingsTests {
    private struct User: LoginUser { let loginID: String }

    /// An app whose users are all there, made with settings by Flask's names.
    private func makeApp(_ texts: [String: String], csrf: Bool = false) throws -> App {
        var values = ["secret_key": "a long random text"]
        for (name, text) in texts { values[try #require(FlaskSettings.setting(for: name), "\(name)").key] = text }
        let app = App("test", settings: try Settings(known: FlaskSettings.all, values))
        app.logger.logLevel = .critical
        try app.useLogin(view: "/login") { request, id in User(loginID: id) }
        if csrf { try app.useCSRF() }
        try app.get("/login") { request in request.nextAddress(or: "home") }
        try app.get("/enter") { request in
            request.session.isPermanent = true
            return String(request.logIn(User(loginID: "1"), remember: request.args["remember"] != nil))
        }
        try app.get("/token") { request in try request.csrfToken() }
        try app.requiring(.login).route("/secret", methods: [.get, .post, .put]) { request in "secret" }
        return app
    }

    private func setCookie(_ response: TestResponse, _ name: String) throws -> String {
        try #require(response.headers.all("Set-Cookie").first { $0.hasPrefix("\(name)=") })
    }

    @Test("the session's cookie has the attributes it is given", arguments: [
        (["SESSION_COOKIE_NAME": "s"], "s", ["; HttpOnly", "; Path=/"], ["Secure", "SameSite", "Domain"]),
        (["SESSION_COOKIE_HTTPONLY": "false"], "session", [], ["HttpOnly"]),
        (["APPLICATION_ROOT": "/blog"], "session", ["; Path=/blog"], []),
        (["APPLICATION_ROOT": "/blog", "SESSION_COOKIE_PATH": "/"], "session", ["; Path=/"], ["/blog"]),
        (["SESSION_COOKIE_SECURE": "true", "SESSION_COOKIE_PARTITIONED": "true", "SESSION_COOKIE_SAMESITE": "None"],
            "session", ["; Secure", "; Partitioned", "; SameSite=None"], []),
        (["SESSION_COOKIE_DOMAIN": "example.org"], "session", ["; Domain=example.org"], []),
    ])
    func sessionCookie(texts: [String: String], name: String, has: [String], lacks: [String]) throws {
        let client = try makeApp(texts).testClient()
        (client.host, client.scheme) = ("example.org", "https")
        let cookie = try setCookie(client.get("/enter"), name)
        for part in has { #expect(cookie.contains(part), "\(cookie)") }
        for part in lacks { #expect(!cookie.contains(part), "\(cookie)") }
    }

    @Test("the remember cookie has its own name, attributes and time")
    func rememberCookie() throws {
        let app = try makeApp([
            "REMEMBER_COOKIE_NAME": "stay", "REMEMBER_COOKIE_PATH": "/in", "REMEMBER_COOKIE_SAMESITE": "Lax",
            "REMEMBER_COOKIE_HTTPONLY": "false", "REMEMBER_COOKIE_DURATION": "24h",
        ])
        app.unixTime = { 0 }
        let cookie = try setCookie(app.testClient().get("/enter?remember"), "stay")
        #expect(cookie.contains("; Path=/in") && cookie.contains("; SameSite=Lax") && !cookie.contains("HttpOnly"))
        #expect(cookie.contains("Expires=Fri, 02 Jan 1970 00:00:00 GMT"), "\(cookie)")
    }

    @Test("a cookie is set anew with each response, or only when it changes", arguments: [true, false])
    func refresh(isOn: Bool) throws {
        let client = try makeApp([
            "SESSION_REFRESH_EACH_REQUEST": "\(isOn)", "REMEMBER_COOKIE_REFRESH_EACH_REQUEST": "\(isOn)",
        ]).testClient()
        _ = client.get("/enter")
        let names = client.get("/secret").headers.all("Set-Cookie").map { $0.prefix { $0 != "=" } }
        #expect(names == (isOn ? ["remember_token", "session"] : []))
    }

    @Test("a permanent session ends with its lifetime")
    func lifetime() throws {
        final class Time { var now: Int64 = 1_000_000 }
        let (app, time) = (try makeApp(["PERMANENT_SESSION_LIFETIME": "10m"]), Time())
        app.unixTime = { time.now }
        let cookie = try setCookie(app.testClient().get("/enter"), "session").prefix { $0 != ";" }
        #expect(cookie.count > 20)
        // By hand: a browser would send it no longer.
        time.now += 600
        #expect(app.testClient().get("/secret", headers: ["Cookie": String(cookie)]).status == 200)
        time.now += 1
        #expect(app.testClient().get("/secret", headers: ["Cookie": String(cookie)]).status == 302)
    }

    @Test("logins can be switched off, and the way to the login page changed")
    func login() throws {
        #expect(try makeApp(["LOGIN_DISABLED": "true"]).testClient().get("/secret").text == "secret")
        let away = try makeApp(["FORCE_HOST_FOR_REDIRECTS": "in.example.org"]).testClient().get("/secret")
        #expect(away.location == "//in.example.org/login?next=%2Fsecret")
        let texts = ["USE_SESSION_FOR_NEXT": "true", "LOGIN_MESSAGE": "Who?", "LOGIN_MESSAGE_CATEGORY": "info"]
        let client = try makeApp(texts).testClient()
        #expect(client.get("/secret").location == "/login")
        let (next, flashed) = try client.session { ($0["next"], $0["_flashes"]?[0]) }
        #expect(next == "/secret" && flashed?[0] == "info" && flashed?[1] == "Who?")
        #expect(client.get("/login").text == "/secret")
    }

    @Test("CSRF protection looks where it is told to")
    func csrfPlaces() throws {
        let app = try makeApp(
            ["WTF_CSRF_METHODS": "PUT", "WTF_CSRF_FIELD_NAME": "proof", "WTF_CSRF_HEADERS": "X-Proof"], csrf: true)
        let client = app.testClient()
        let token = client.get("/token").text
        try client.logIn(User(loginID: "1"))
        #expect(client.post("/secret").status == 200)
        let form = Array("proof=\(token)".utf8)
        let type = "application/x-www-form-urlencoded"
        #expect(client.send("PUT", "/secret", body: form, type: type).status == 200)
        #expect(client.send("PUT", "/secret", headers: ["X-Proof": token]).status == 200)
        #expect(client.send("PUT", "/secret", headers: ["X-CSRFToken": token]).status == 400)
        #expect(client.send("PUT", "/secret", body: Array("csrf_token=\(token)".utf8), type: type).status == 400)
    }

    @Test("a token of another key, or one that is too old, is refused; zero is no limit", arguments: [
        ("60s", 60, 200), ("60s", 61, 400), ("0s", 1_000_000, 200),
    ])
    func csrfTime(limit: String, age: Int64, status: Status) throws {
        final class Time { var now: Int64 = 1_000_000_000 }
        let time = Time()
        let app = try makeApp(["WTF_CSRF_TIME_LIMIT": limit, "WTF_CSRF_SECRET_KEY": "another long text"], csrf: true)
        app.unixTime = { time.now }
        let client = app.testClient()
        let token = client.get("/token").text
        try client.logIn(User(loginID: "1"))
        time.now += age
        #expect(client.post("/secret", form: ["csrf_token": token]).status == status)
    }

    @Test("over HTTPS the referrer counts, unless it is told not to", arguments: [true, false])
    func csrfReferrer(isStrict: Bool) throws {
        let client = try makeApp(["WTF_CSRF_SSL_STRICT": "\(isStrict)"], csrf: true).testClient()
        (client.scheme, client.host) = ("https", "example.org")
        let token = client.get("/token").text
        try client.logIn(User(loginID: "1"))
        func status(_ referrer: String?) -> Status {
            let headers = referrer.map { ["X-CSRFToken": token, "Referer": $0] } ?? ["X-CSRFToken": token]
            return client.post("/secret", headers: headers).status
        }
        #expect(status("https://example.org/form") == 200)
        #expect(status("https://evil.org/") == (isStrict ? 400 : 200))
        #expect(status(nil) == (isStrict ? 400 : 200))
    }

    @Test("views are checked only when they ask for it", arguments: ["WTF_CSRF_ENABLED", "WTF_CSRF_CHECK_DEFAULT"])
    func csrfOff(name: String) throws {
        let app = try makeApp([name: "false"], csrf: true)
        try app.post("/asks", endpoint: "asks") { request in
            try request.protectFromCSRF()
            return "checked"
        }
        let client = app.testClient()
        try client.logIn(User(loginID: "1"))
        #expect(client.post("/secret").status == 200)
        #expect(client.post("/asks").status == 400)
    }
}
