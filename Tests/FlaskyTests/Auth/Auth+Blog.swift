import Roost
import RoostMail
import RoostPostgres
import Testing

@testable import Flasky

extension Blog {
    /// The address of the link in the newest mail: it stands alone on its line.
    func link(to path: String) throws -> String {
        let lines = try #require(outbox.last?.text).split(separator: "\n")
        let link = try #require(lines.first { $0.hasPrefix("http://localhost" + path) })
        return String(link.dropFirst("http://localhost".count))
    }

    /// A browser in which somebody has logged in through the form.
    func loggedIn(_ name: String, password: String = "cat", remember: Bool = false) throws -> TestClient {
        let client = client
        let answer = logIn(client, name + "@example.com", password, remember: remember)
        try #require(answer.status == 302, "\(name) cannot log in: \(answer.text)")
        return client
    }

    /// Asks for a mail with which a password is reset.
    @discardableResult
    func askForReset(_ email: String = "john@example.com", from client: TestClient? = nil) -> TestResponse {
        (client ?? self.client).post("/auth/reset", form: ["email": email])
    }

    @discardableResult
    func logIn(_ client: TestClient, _ email: String, _ password: String, remember: Bool = false, next: String = "")
        -> TestResponse
    {
        let target = "/auth/login" + (next.isEmpty ? "" : "?next=" + next)
        guard remember else { return client.post(target, form: ["email": email, "password": password]) }
        return client.post(target, form: ["email": email, "password": password, "remember_me": "y"])
    }
}

extension TestClient {
    /// Whether this browser is logged in.
    var isLoggedIn: Bool { self.get("/auth/change-password").status == 200 }
}

extension TestResponse {
    /// The errors below the fields.
    var fieldErrors: [String] {
        text.split(separator: "<p class=\"help-block\">").dropFirst().map { $0.prefix { $0 != "<" }.description }
    }

    /// The errors at the top of the form.
    var formErrors: [String] {
        text.split(separator: "<p class=\"error\">").dropFirst().map { $0.prefix { $0 != "<" }.description }
    }
}

extension Blog {
    /// Another connection to the blog's schema, as another worker has one. Close it.
    func rival() -> Connection { Connection(settings: database.settings) }
}
