import Roost
import RoostForms
import RoostSigning
import Testing

private final class NameForm: Form {
    let name = StringField("Name", validators: [.dataRequired()])
}

private final class SearchForm: Form {
    let words = StringField("Search")
    override var isProtected: Bool { false }
}

@Suite("Forms and the app's CSRF tokens")
struct FormProtectionTests {
    private func app(key: SecretKey? = SecretKey("a secret for tests"), _ texts: [String: String] = [:]) throws -> App {
        let settings = try Settings(known: [Setting("csrf.enabled", .flag, "true", "")], texts)
        let app = App("test", settings: settings)
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: key)
        try app.route("/", methods: [.get, .post]) { request in
            let form = try NameForm(request)
            if try form.validateOnSubmit() { return SafeHTML(trusted: "ok") }
            let messages = form.errors.flatMap(\.errors.messages).joined(separator: " ")
            return form.hiddenTag() + messages
        }
        try app.route("/search", methods: [.get, .post]) { request in
            try SearchForm(request).validateOnSubmit() ? "found" : "form"
        }
        return app
    }

    private func token(_ client: TestClient) throws -> String {
        let html = client.get("/").text
        let start = try #require(html.range(of: "value=\"")?.upperBound)
        return String(html[start...].prefix { $0 != "\"" })
    }

    @Test("the token of a page is accepted for its session, and only there")
    func session() throws {
        let app = try app()
        let client = app.testClient()
        let token = try token(client)
        #expect(client.post("/", form: ["name": "x", "csrf_token": token]).text == "ok")
        let other = app.testClient()
        _ = try self.token(other)
        let stolen = other.post("/", form: ["name": "x", "csrf_token": token]).text
        #expect(stolen.hasSuffix("The CSRF tokens do not match."))
    }

    @Test("a missing, broken or old token is said in Flask-WTF's words, beside the other errors")
    func messages() throws {
        let app = try app()
        let client = app.testClient()
        let token = try token(client)
        #expect(client.post("/", form: ["name": ""]).text.hasSuffix("This field is required. The CSRF token is missing."))
        let broken = client.post("/", form: ["name": "x", "csrf_token": "junk"]).text
        #expect(broken.hasSuffix("The CSRF token is invalid."))
        let now = app.unixTime()
        app.unixTime = { now + 3700 }
        let old = client.post("/", form: ["name": "x", "csrf_token": token]).text
        #expect(old.hasSuffix("The CSRF token has expired."))
    }

    @Test("the client of tests fills the token in")
    func submit() throws {
        #expect(try app().testClient().submit("/", form: ["name": "x"]).text == "ok")
    }

    @Test("a form that changes nothing has no token, and settings switch all of them off")
    func unprotected() throws {
        #expect(try app().testClient().post("/search", form: ["words": "x"]).text == "found")
        let off = try app(key: nil, ["csrf.enabled": "false"]).testClient()
        #expect(off.post("/", form: ["name": "x"]).text == "ok")
    }

    @Test("without a secret key a protected form is an error that says what to set")
    func noKey() throws {
        let response = try app(key: nil).testClient().get("/")
        #expect(response.status == 500 && response.error is NoSecretKey)
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
