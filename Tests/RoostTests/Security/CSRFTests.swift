import Roost
import RoostTemplates
import Testing

@Suite("CSRF protection")
struct CSRFTests {
    private func makeApp() throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(["form.html": "{{ csrf_token() }}"])))
        let protection = try app.useCSRF()
        protection.exempt("named")
        protection.exempt(blueprint: "api")
        try app.get("/form") { request in try request.render("form.html") }
        try app.post("/send") { request in "sent" }
        try app.post("/named", endpoint: "named") { request in "named" }
        try app.csrfExempt.post("/hook") { request in "hook" }
        let api = Blueprint("api")
        try api.post("/x") { request in "api" }
        try app.register(api, prefix: "/api")
        return app
    }

    @Test("a form needs the token of its own session")
    func form() throws {
        let app = try makeApp()
        let (client, other) = (app.testClient(), app.testClient())
        #expect(client.post("/send").status == 400)
        let token = client.get("/form").text
        #expect(client.post("/send", form: ["csrf_token": token]).text == "sent")
        #expect(client.post("/send", headers: ["X-CSRFToken": token]).text == "sent")
        #expect(client.post("/send", headers: ["X-CSRF-Token": token]).text == "sent")
        _ = other.get("/form")
        let refused = other.post("/send", form: ["csrf_token": token])
        #expect(refused.status == 400 && refused.text.contains("The CSRF tokens do not match."))
    }

    @Test("tests send forms with a token filled in")
    func submit() throws {
        let client = try makeApp().testClient()
        #expect(try client.submit("/send", form: ["a": "b"]).text == "sent")
        client.scheme = "https"
        #expect(try client.submit("/send").text == "sent")
    }

    @Test("views and blueprints can be left out", arguments: ["/named", "/hook", "/api/x"])
    func exempt(path: String) throws {
        #expect(try makeApp().testClient().post(path).status == 200)
    }

    @Test("404 and 405 come before the token is asked for")
    func order() throws {
        let client = try makeApp().testClient()
        #expect(client.post("/missing").status == 404)
        #expect(client.post("/form").status == 405)
    }

    @Test("a form that passed the protection of the whole app is not checked again")
    func once() throws {
        let app = try makeApp()
        try app.post("/twice") { request in
            try request.validateCSRF(token: nil)
            return "passed"
        }
        try app.csrfExempt.post("/own") { request in
            do {
                try request.validateCSRF(token: try request.form["csrf_token"])
                return "passed"
            } catch let error as CSRFError { return error.description }
        }
        let client = app.testClient()
        #expect(try client.submit("/twice").text == "passed")
        #expect(client.post("/own").text == "The CSRF token is missing.")
        #expect(try client.submit("/own").text == "passed")
    }

    @Test("one request has one token")
    func oneToken() throws {
        let app = try makeApp()
        try app.get("/two") { request in "\(try request.csrfToken() == request.csrfToken())" }
        #expect(app.testClient().get("/two").text == "true")
    }
}
