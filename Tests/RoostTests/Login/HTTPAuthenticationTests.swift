import Roost
import Testing

@Suite("HTTP authentication")
struct HTTPAuthenticationTests {
    struct User: LoginUser { let loginID: String }

    private func makeApp() throws -> App {
        let app = App("test")
        let api = Blueprint("api")
        try api.require(
            .http(
                HTTPAuthentication(
                    realm: "the \"api\"",
                    password: { request, name, password in password == "käse:1" ? User(loginID: name) : nil },
                    token: { request, token in token == "t0ken" ? User(loginID: "robot") : nil })))
        try api.get("/me") { request in try request.currentUser?.loginID ?? "nobody" }
        try app.register(api, prefix: "/api")
        return app
    }

    @Test("a name and a password, or a token, with each request")
    func accepted() throws {
        let client = try makeApp().testClient()
        let basic = StandardBase64.encode(Array("john:käse:1".utf8))
        #expect(client.get("/api/me", headers: ["Authorization": "Basic \(basic)"]).text == "john")
        #expect(client.get("/api/me", headers: ["Authorization": "bearer t0ken"]).text == "robot")
        #expect(client.get("/api/me", headers: ["Authorization": "bearer t0ken"]).headers["Set-Cookie"] == nil)
    }

    @Test(
        "everything else is refused with what may be sent",
        arguments: ["", "Basic", "Basic !!!", "Basic am9obg==", "Basic /w==", "Bearer", "Bearer wrong", "Digest x"])
    func refused(header: String) throws {
        let response = try makeApp().testClient().get("/api/me", headers: ["Authorization": header])
        #expect(response.status == 401)
        #expect(
            response.headers["WWW-Authenticate"]
                == "Basic realm=\"the api\", charset=\"UTF-8\", Bearer realm=\"the api\"")
    }
}
