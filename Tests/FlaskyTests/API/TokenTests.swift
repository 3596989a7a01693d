import Roost
import RoostHTTP
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Tokens of the API", .enabled(if: Blog.server != nil))
struct TokenTests {
    private func token(_ answer: TestResponse) throws -> String {
        try #require(answer.json()["token"]?.string)
    }

    @Test("a password gives a token for an hour, and the token works in its place")
    func story() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            var now: Int64 = 1_700_000_000
            blog.app.unixTime = { now }
            let made = blog.api(as: john).post("/tokens/")
            let answer = try made.json()
            #expect(made.status == 200 && answer.object?.count == 2 && answer["expiration"] == 3600)
            #expect(made.headers["Cache-Control"] == "no-store")
            let api = APIClient(blog, try token(made), password: "")
            #expect(api.get("/posts/").status == 200)
            #expect(api.post("/posts/", ["body": "by token"]).status == 201)
            now += 3600
            #expect(api.get("/posts/").status == 200)
            now += 1
            let expired = api.get("/posts/")
            let body = try expired.json()
            #expect(expired.status == 401 && body == Problem.unauthorized && expired.headers["WWW-Authenticate"] != nil)
        }
    }

    @Test("a token is no password: with one it is refused, and it gives no other token")
    func noToken() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let token = try token(blog.api(as: john).post("/tokens/"))
            #expect(APIClient(blog, token, password: "cat").get("/posts/").status == 401)
            let refused = APIClient(blog, token, password: "").post("/tokens/")
            let body = try refused.json()
            #expect(refused.status == 401 && body == Problem.unauthorized && refused.headers["WWW-Authenticate"] == nil)
        }
    }

    @Test("a token is a JSON Web Signature of the user's number")
    func form() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let token = try token(blog.api(as: john).post("/tokens/"))
            let payload = try TimedJSONWebSignature(key: blog.app.secretKey()).read(token)
            #expect(payload == ["id": .integer(john.id)])
        }
    }

    @Test("tokens of other kinds, other types, other keys and nobody are refused")
    func others() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let key = try blog.app.secretKey()
            let payloads: [SessionValue] = [
                ["confirm": .integer(john.id)], ["reset": .integer(john.id)], ["id": .text("\(john.id)")],
                ["id": .null],
                ["change_email": .integer(john.id), "new_email": "x@example.com"], ["id": .bool(true)], [:],
                ["id": .array([.integer(john.id)])], .array([.integer(john.id)]), .integer(john.id), ["id": 4711],
                ["id": 99_999_999_999], ["id": -1],
            ]
            let good = try TimedJSONWebSignature(key: key).make(["id": .integer(john.id)], validFor: .seconds(60))
            var tokens = try payloads.map { try TimedJSONWebSignature(key: key).make($0, validFor: .seconds(60)) }
            tokens.append(
                try TimedJSONWebSignature(key: "another").make(["id": .integer(john.id)], validFor: .seconds(60)))
            tokens += [String(good.dropLast()), good + "x", good.replacing(".", with: ""), "a.b.c", "..", "token"]
            #expect(APIClient(blog, good, password: "").get("/posts/").status == 200)
            for token in tokens {
                let answer = APIClient(blog, token, password: "").get("/posts/")
                let body = try answer.json()
                #expect(answer.status == 401 && body == Problem.unauthorized, "\(token)")
            }
        }
    }

    @Test("a token outlives its password's change, and not its account's confirmation")
    func accountChanges() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let api = APIClient(blog, try token(blog.api(as: john).post("/tokens/")), password: "")
            try User.query.update(in: blog.database) { $0.passwordHash = "another" }
            #expect(api.get("/posts/").status == 200)
            try User.query.update(in: blog.database) { $0.isConfirmed = false }
            #expect(api.get("/posts/").status == 403)
        }
    }
}
