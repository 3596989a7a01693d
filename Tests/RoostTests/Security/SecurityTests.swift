import Roost
import RoostTemplates
import Testing

@Suite("Redirects, headers, tokens, secrets")
struct SecurityTests {
    private func redirects(_ target: String, scheme: String = "https") throws -> Bool {
        let app = App("test")
        final class Box { var result = false }
        let box = Box()
        try app.get("/") { request in
            box.result = request.isSafeRedirect(target)
            return ""
        }
        let client = app.testClient()
        (client.scheme, client.host) = (scheme, "example.org")
        _ = client.get("/")
        return box.result
    }

    @Test(
        "paths of this app and addresses of this host are safe",
        arguments: [
            "/", "/a?b=c#d", "/a//b", "/@example.com", "https://example.org/a", "https://EXAMPLE.org",
            "/%5Cexample.com", "/a b", "/a\\b", "/é",
        ])
    func safe(target: String) throws { #expect(try redirects(target)) }

    @Test(
        "everything that may lead elsewhere is not",
        arguments: [
            "", "//example.com", "///example.com", "/\\example.com", "\\\\example.com", "/\t/example.com",
            "/\n/example.com",
            "\u{1}//example.com", " //example.com", "https://example.com", "https://example.org.example.com",
            "https:/example.com",
            "https:example.com", "https:///example.com", "javascript:alert(1)", "data:text/html,x", "example.com",
            "?next", "a/b",
            "https://example.org@example.com", "https://example.org\\@example.com", "http://example.org/", "/a\u{7F}b",
        ])
    func unsafe(target: String) throws { #expect(try !redirects(target)) }

    @Test("the address after a login is the one sent when it is safe")
    func next() throws {
        let app = App("test")
        try app.get("/in") { request in redirect(to: request.nextAddress(or: "/home")) }
        let client = app.testClient()
        #expect(client.get("/in?next=%2Fa%3Fb").location == "/a?b")
        #expect(client.get("/in?next=%2F%2Fexample.com").location == "/home")
        #expect(client.get("/in?next=%2F%C3%A9%20%5C%22%2541").location == "/%C3%A9%20%5C%22%41")
        #expect(client.get("/in").location == "/home")
    }

    @Test("a page that uses the nonce has it in its policy, others have none")
    func nonce() throws {
        let app = App("test")
        app.useTemplates(
            TemplateEnvironment(
                loader: DictionaryLoader(["n.html": "{{ csp_nonce() }}{{ csp_nonce() }}", "p.html": "plain"])))
        try app.useSecurityHeaders()
        try app.get("/nonce") { request in try request.render("n.html") }
        try app.get("/plain") { request in try request.render("p.html") }
        try app.get("/own") { request in
            Response(status: .ok, headers: ["Content-Security-Policy": "default-src 'none'"])
        }
        let client = app.testClient()
        let page = client.get("/nonce")
        let nonce = String(page.text.prefix(page.text.utf8.count / 2))
        #expect(nonce.utf8.count == 22 && page.text == nonce + nonce)
        #expect(page.headers["Content-Security-Policy"]?.contains("script-src 'self' 'nonce-\(nonce)'") == true)
        #expect(client.get("/nonce").text != page.text)
        let plain = client.get("/plain")
        #expect(plain.headers["Content-Security-Policy"]?.contains("nonce") == false)
        #expect(plain.headers["X-Content-Type-Options"] == "nosniff")
        #expect(client.get("/own").headers["Content-Security-Policy"] == "default-src 'none'")
    }

    @Test("HTTPS is insisted on over HTTPS alone")
    func transport() throws {
        let app = App("test")
        var headers = SecurityHeaders()
        headers.strictTransportSeconds = 3600
        try app.useSecurityHeaders(headers)
        try app.get("/") { request in "" }
        let client = app.testClient()
        #expect(client.get("/").headers["Strict-Transport-Security"] == nil)
        client.scheme = "https"
        #expect(client.get("/").headers["Strict-Transport-Security"] == "max-age=3600")
    }

    @Test("a token holds for its purpose and its time")
    func tokens() throws {
        let app = App("test")
        app.secrets = AppSecrets(key: "a long random text")
        final class Time { var now: Int64 = 1_000_000 }
        let time = Time()
        app.unixTime = { time.now }
        let token = try app.tokens(for: "reset").make(["user": 23])
        #expect(try app.tokens(for: "reset").read(token, validFor: .seconds(60))["user"]?.int == 23)
        let other = #expect(throws: SigningError.self) {
            try app.tokens(for: "confirm").read(token, validFor: .seconds(60))
        }
        #expect(other?.isExpired == false)
        time.now += 61
        let late = #expect(throws: SigningError.self) {
            try app.tokens(for: "reset").read(token, validFor: .seconds(60))
        }
        #expect(late?.isExpired == true)
        app.secrets = AppSecrets()
        #expect(throws: NoSecretKey.self) { try app.tokens() }
    }

    @Test("secrets print nowhere: settings, keys, errors, dumps")
    func secrets() throws {
        let canary = "canary-4711"
        let settings = try Settings(
            known: FlaskSettings.all, ["secret_key": canary, "csrf.secret_key": canary, "secret_key_fallbacks": canary])
        let app = App("test", settings: settings)
        var dumped = ""
        dump(settings, to: &dumped)
        dump(app.secrets, to: &dumped)
        dump(try CSRFSettings(settings), to: &dumped)
        let printed = "\(settings) \(String(reflecting: settings)) \(app.secrets) \(String(reflecting: app.secrets))"
        #expect(!dumped.contains(canary) && !printed.contains(canary))
        let error = #expect(throws: SettingError.self) { try settings.count("secret_key") }
        #expect(error?.description.contains(canary) == false)
        #expect(app.secrets.key == SecretKey(canary))
    }

    @Test("an error page and the log of an error tell no secret")
    func errorPage() throws {
        let app = App("test", settings: try Settings(known: FlaskSettings.all, ["secret_key": "canary-4711"]))
        app.logger.logLevel = .critical
        struct Broken: Error { let settings: Settings }
        try app.get("/") { request -> String in throw Broken(settings: app.settings) }
        let response = app.testClient().get("/")
        #expect(response.status == 500 && !response.text.contains("canary"))
        #expect(!"\(try #require(response.error))".contains("canary"))
    }
}
