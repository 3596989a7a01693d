import Roost
import Testing

@Suite("An app's own part in logging in")
struct LoginHandlersTests {
    private struct User: LoginUser { let loginID: String }

    private func makeApp() throws -> (App, LoginManager) {
        let app = App("test")
        app.secrets = AppSecrets(key: "a long random text")
        let login = try app.useLogin { request, id in User(loginID: id) }
        try app.requiring(.login).get("/secret") { request in try request.currentUser?.loginID ?? "-" }
        try app.requiring(.freshLogin).get("/fresh") { request in "fresh" }
        return (app, login)
    }

    @Test("a request without a session may say who sends it; the session comes first")
    func requestLoader() throws {
        let (app, login) = try makeApp()
        login.requestLoader = { request in
            guard case .bearer(let token) = request.authorization else { return nil }
            return User(loginID: "bearer of \(token)")
        }
        let (client, header) = (app.testClient(), ["Authorization": "Bearer t0ken"])
        #expect(client.get("/secret", headers: header).text == "bearer of t0ken")
        #expect(client.get("/secret").status == 401)
        try client.logIn(User(loginID: "ann"))
        #expect(client.get("/secret", headers: header).text == "ann")
    }

    @Test("strangers, and those whose login is old, are answered as the app says")
    func handlers() throws {
        let (app, login) = try makeApp()
        login.unauthorizedHandler = { request in JSON(["error": "log in"], status: 401) }
        login.needsRefreshHandler = { request in "once more, please" }
        let client = app.testClient()
        let stranger = client.get("/secret")
        #expect(stranger.status == 401 && stranger.text == "{\"error\":\"log in\"}\n")
        try client.logIn(User(loginID: "ann"))
        #expect(client.get("/fresh").text == "fresh")
        try client.session { $0["_fresh"] = false }
        #expect(client.get("/fresh").text == "once more, please")
    }
}
