import Foundation
import Roost
import RoostHTTP
import RoostSigning
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("Tokens for one user")
    struct UserTests {
        private struct User: LoginUser {
            let loginID: String
        }

        private final class Loads {
            var count = 0
        }

        /// An app whose `/quiet` never asks who is there.
        private func app(_ path: String, _ loads: Loads) throws -> App {
            let app = App("users", settings: try Settings(known: [Setting("secret_key", .text, "key", "")]))
            app.logger.logLevel = .critical
            try app.useLogin { _, id in
                loads.count += 1
                return User(loginID: id)
            }
            try app.get("/login/<id>", endpoint: "login") { (request: Request, id: String) in
                Response.text("\(request.logIn(User(loginID: id), remember: request.query["remember"] != nil))")
            }
            try app.get("/quiet", endpoint: "quiet") { (_: Request) in Response.text("quiet") }
            try app.get("/forget", endpoint: "forget") { (request: Request) in
                request.session.clear()
                return Response.text("forgotten")
            }
            var settings = ProfilerSettings()
            (settings.mode, settings.folder, settings.key) = (.signed, path, "key")
            try app.useProfiler(settings)
            return app
        }

        private var token: [String: String] {
            get throws {
                let token = ProfileToken(expires: Int64(Date().timeIntervalSince1970) + 600, user: "7")
                return [ProfileToken.header: try token.signed(with: "key")]
            }
        }

        @Test("profile whom the session names, though the page never asks: nobody is loaded, nothing varies")
        func sessions() throws {
            try withFolder { path in
                let loads = Loads()
                let app = try app(path, loads)
                for (user, kept) in [("6", 0), ("7", 1), ("77", 1)] {
                    let client = app.testClient()
                    _ = client.get("/login/\(user)")
                    let answer = client.get("/quiet", headers: try token)
                    #expect(answer.status == 200)
                    #expect(answer.headers["Vary"] == nil && answer.headers["Set-Cookie"] == nil)
                    #expect(try ProfileFolder(path).found.count == kept, "user \(user)")
                }
                #expect(loads.count == 0)
                _ = app.testClient().get("/quiet", headers: try token)
                #expect(try ProfileFolder(path).found.count == 1, "nobody is logged in")
            }
        }

        @Test("profile whom the remember cookie names, and who logs in just now")
        func remembered() throws {
            try withFolder { path in
                let app = try app(path, Loads())
                let client = app.testClient()
                _ = client.get("/login/7?remember=1", headers: try token)
                #expect(try ProfileFolder(path).names().map(\.endpoint) == ["login"])
                _ = client.get("/forget")
                _ = client.get("/quiet", headers: try token)
                #expect(try ProfileFolder(path).names().map(\.endpoint) == ["login", "quiet"])
            }
        }
    }
}
