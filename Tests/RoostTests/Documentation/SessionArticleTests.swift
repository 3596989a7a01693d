import Roost
import Testing

/// The examples of the article "Sessions, login and CSRF", compiled and run.
@Suite("The article about sessions, login and CSRF")
struct SessionArticleTests {
    struct User: PermittedUser {
        enum Permission { case write, moderate }

        let loginID: String
        func can(_ permission: Permission) -> Bool { permission == .write || loginID == "1" }
    }

    private func makeApp() throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        try addSessions(app)
        try addLogin(app)
        try addLocks(app)
        return app
    }

    private func addSessions(_ app: App) throws {
        try app.get("/hello") { request in "Hello, \(request.session["name"] ?? "Stranger")!" }
        try app.get("/cart/<item>") { (request, item: String) in
            var items = request.session.get("cart", as: [String].self) ?? []
            items.append(item)
            request.session.set("cart", items)
            request.flash("\(item) is in your cart.")
            return redirect(to: "/hello")
        }
    }

    private func addLogin(_ app: App) throws {
        try app.useLogin(view: "login") { request, id in id == "1" ? User(loginID: id) : nil }
        try app.post("/login", endpoint: "login") { request in
            guard try request.form["password"] == "cat" else { try abort(403) }
            request.logIn(User(loginID: "1"), remember: try request.form.contains("remember"))
            return redirect(to: request.nextAddress(or: "/hello"))
        }
        try app.requiring(.login).get("/mine") { request in
            let user: User = try request.requireUser()
            return "the pages of \(user.loginID)"
        }
        try app.requiring(.permission(.moderate, of: User.self)).get("/moderate") { request in "moderate" }
        let api = Blueprint("api")
        try api.require(
            .http(
                HTTPAuthentication(
                    realm: "api", token: { request, token in token == "t0ken" ? User(loginID: "1") : nil })))
        try api.get("/me") { request in try request.currentUser?.loginID ?? "nobody" }
        try app.register(api, prefix: "/api")
    }

    private func addLocks(_ app: App) throws {
        try app.useCSRF()
        try app.csrfExempt.post("/hook") { request in "called by another server" }
        try app.useSecurityHeaders()
        try app.requiring(.rate(.perMinute(5))).post("/reset") { request in
            try app.tokens(for: "reset").make(["user": 1])
        }
    }

    @Test("its examples do what it says")
    func examples() throws {
        let app = try makeApp()
        let client = app.testClient()
        try client.session { $0["name"] = "John" }
        try client.logIn(User(loginID: "1"))
        let answer = try client.submit("/login", form: ["password": "cat"])
        #expect(answer.location == "/hello" && client.get("/hello").text == "Hello, John!")
        #expect(client.get("/cart/pen").location == "/hello")
        #expect(try client.session { $0["_flashes"]?[0]?[1] } == "pen is in your cart.")
        #expect(client.get("/mine").text == "the pages of 1" && client.get("/moderate").text == "moderate")
        #expect(client.post("/hook").status == 200 && client.post("/reset").status == 400)
        #expect(app.testClient().get("/api/me", headers: ["Authorization": "Bearer t0ken"]).text == "1")
    }

    @Test("a token from the app is read again")
    func token() throws {
        let app = try makeApp()
        let client = app.testClient()
        try app.csrfProtection().exempt("reset")
        let token = client.post("/reset").text
        let user = try app.tokens(for: "reset").read(token, validFor: .seconds(3600))["user"]?.int
        #expect(user == 1)
    }

    @Test("every example in the text stands in this file")
    func same() throws {
        try DocumentedArticle("Sources/Roost/Roost.docc/SessionsLoginCSRF.md").expectExamples(in: #filePath)
    }
}
