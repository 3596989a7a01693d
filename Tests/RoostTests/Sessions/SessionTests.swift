import Roost
import Testing

@Suite("Sessions")
struct SessionTests {
    private func makeApp() throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        try app.get("/count") { request in
            let count = (request.session.get("count", as: Int.self) ?? 0) + 1
            request.session["count"] = .integer(count)
            return "\(count)"
        }
        try app.get("/hello") { request in "Hello, \(request.session["name"] ?? "Stranger")!" }
        try app.get("/plain") { request in "nothing" }
        return app
    }

    @Test("a session remembers a browser and no other")
    func counts() throws {
        let app = try makeApp()
        let (one, other) = (app.testClient(), app.testClient())
        #expect(one.get("/count").text == "1")
        #expect(one.get("/count").text == "2")
        #expect(other.get("/count").text == "1")
    }

    @Test("a page that does not look at the session stays the same for everybody")
    func untouched() throws {
        let client = try makeApp().testClient()
        #expect(client.get("/plain").headers["Vary"] == nil)
        #expect(client.get("/hello").headers["Vary"] == "Cookie")
        #expect(client.get("/hello").headers["Set-Cookie"] == nil)
    }

    @Test("tests open the session for writing")
    func client() throws {
        let client = try makeApp().testClient()
        try client.session { $0["name"] = "John" }
        #expect(client.get("/hello").text == "Hello, John!")
        #expect(try client.session { $0["name"]?.string } == "John")
    }

    @Test("without a key, reading finds nothing and writing fails with what to do")
    func noKey() throws {
        let app = try makeApp()
        app.secrets = AppSecrets()
        let client = app.testClient()
        #expect(client.get("/hello").text == "Hello, Stranger!")
        let response = client.get("/count")
        #expect(response.status == 500)
        #expect("\(try #require(response.error))".contains("SECRET_KEY"))
    }

    @Test("after hooks still change the session")
    func afterHook() throws {
        let app = try makeApp()
        try app.afterRequest { request, response in request.session["seen"] = .text(request.path) }
        let client = app.testClient()
        _ = client.get("/plain")
        #expect(try client.session { $0["seen"] } == "/plain")
    }

    @Test("setting nil removes a key, and removing one that is not there is no change")
    func removal() throws {
        let app = try makeApp()
        try app.get("/drop") { request in
            request.session["count"] = nil
            request.session.pop("missing")
            return "dropped"
        }
        let client = app.testClient()
        #expect(client.get("/drop").headers["Set-Cookie"] == nil)
        _ = client.get("/count")
        #expect(client.get("/drop").headers["Set-Cookie"]?.contains("Max-Age=0") == true)
        #expect(client.cookies["session"] == nil)
    }

    @Test("a session that JSON cannot hold is an error page, and the old one stays")
    func unwritable() throws {
        let app = try makeApp()
        try app.get("/bad") { request in
            request.session["number"] = .number(.infinity)
            return "bad"
        }
        let client = app.testClient()
        _ = client.get("/count")
        #expect(client.get("/bad").status == 500)
        #expect(client.get("/count").text == "2")
    }

    @Test(
        "every kind of value comes back as it was",
        arguments: [
            SessionValue.null, true, 42, .bigInteger("123456789012345678901234567890"), 1.5, .number(1e300), "tëxt\0",
            [1, [2]],
            .tuple(["a", .tuple([])]), ["k": [" t": 1]], [" t": [1]], [" di": "x"], .bytes([0, 255]), .markup("<b>"),
            .uuid(SessionUUID(bytes: [UInt8](repeating: 7, count: 16))!), .date(-1), .date(253_402_300_799),
        ])
    func kinds(value: SessionValue) throws {
        let client = try makeApp().testClient()
        try client.session { $0["value"] = value }
        #expect(try client.session { $0["value"] } == value)
    }

    @Test("a cookie with an extra name of the same kind: the first counts")
    func twice() throws {
        let app = try makeApp()
        let client = app.testClient()
        try client.session { $0["name"] = "John" }
        let cookie = try #require(client.cookies["session"])
        client.cookies = [:]
        #expect(client.get("/hello", headers: ["Cookie": "session=\(cookie); session=x"]).text.contains("John"))
        #expect(client.get("/hello", headers: ["Cookie": "session=x; session=\(cookie)"]).text.contains("Stranger"))
    }

    @Test("settings that do not fit are refused by name")
    func settings() throws {
        let known = FlaskSettings.all
        #expect(throws: SettingError.self) { try Settings(known: known, ["session.cookie_samesite": "sometimes"]) }
        let name = try Settings(known: known, ["session.cookie_name": "a b"])
        #expect(throws: SettingError.self) { try SessionSettings(name) }
        let domain = try Settings(known: known, ["session.cookie_domain": "bücher.example"])
        let error = #expect(throws: SettingError.self) { try SessionSettings(domain) }
        #expect(error?.description.contains("xn--") == true)
    }
}
