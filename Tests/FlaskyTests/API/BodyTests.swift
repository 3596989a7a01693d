import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Bodies of API calls", .enabled(if: Blog.server != nil))
struct BodyTests {
    private static let noJSON = "the request does not have a body of Content-Type: application/json"

    /// What is sent to POST, and the message about a post.
    static let wrong: [(body: String?, type: String?, message: String?)] = [
        ("{}", "application/json", "post does not have a body"),
        (#"{"body": null}"#, "application/json", "post does not have a body"),
        (#"{"body": ""}"#, "application/json", "post does not have a body"),
        (#"{"Body": "x"}"#, "application/json", "post does not have a body"),
        (#"{"body": 1}"#, "application/json", "post has a body that is no text"),
        (#"{"body": ["x"]}"#, "application/json", "post has a body that is no text"),
        (#"{"body": {"a": 1}}"#, "application/json", "post has a body that is no text"),
        (#"{"body": false}"#, "application/json", "post has a body that is no text"),
        (#"{"body": "a\u0000b"}"#, "application/json", "post has a body with a NUL character, which cannot be stored"),
        (#"["body"]"#, "application/json", "the body of the request is not a JSON object"),
        ("null", "application/json", "the body of the request is not a JSON object"),
        (#""body""#, "application/json", "the body of the request is not a JSON object"),
        ("", "application/json", nil), ("{", "application/json", nil), (#"{"body": "x"} x"#, "application/json", nil),
        (#"{'body': 'x'}"#, "application/json", nil), (#"{"body": "\ud800"}"#, "application/json", nil),
        (#"{"body": "x"}"#, "text/plain", noJSON), (#"{"body": "x"}"#, nil, noJSON), (nil, nil, noJSON),
        ("body=x", "application/x-www-form-urlencoded", noJSON),
    ]

    @Test(
        "whatever is wrong with a body is 400 in JSON, whatever is accepted, and nothing is stored",
        arguments: wrong.indices)
    func wrongBody(index: Int) throws {
        let (body, type, message) = Self.wrong[index]
        try Blog.with { blog in
            let john = try blog.add("john")
            let id = try blog.add(post: "x", by: john)
            let calls: [(HTTPMethod, String, String)] = [
                (.post, "/posts/", "post"), (.post, "/posts/\(id)/comments/", "comment"),
                (.put, "/posts/\(id)", "post"),
            ]
            for (method, path, name) in calls {
                // A change without the text is none, and no mistake.
                if method == .put, body == "{}" || body?.contains("Body") == true { continue }
                for accept in ["application/json", "text/html", "*/*"] {
                    let api = blog.api(as: john)
                    api.client.headers["Accept"] = accept
                    let answer = api.send(method, path, body, type: type)
                    #expect(answer.status == 400 && answer.contentType == "application/json", "\(method) \(path)")
                    let problem = try answer.json()
                    #expect(problem["error"] == "bad request" && problem["message"]?.string?.isEmpty == false)
                    guard let message else { continue }
                    let expected = message.hasPrefix("post ") ? name + message.dropFirst(4) : message
                    #expect(problem == Problem.badRequest(expected))
                }
            }
            let posts = try blog.database.value("SELECT count(*) FROM posts WHERE body = 'x'", as: Int.self)
            let comments = try blog.database.value("SELECT count(*) FROM comments", as: Int.self)
            #expect(posts == 1 && comments == 0)
        }
    }

    @Test("JSON under another name of its kind is taken, with other members and a charset too")
    func kinds() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            for type in ["application/json; charset=utf-8", "application/vnd.flasky+json", "APPLICATION/JSON"] {
                let answer = blog.api(as: john).send(.post, "/posts/", #"{"title": 1, "body": "x"}"#, type: type)
                #expect(answer.status == 201, "\(type)")
            }
        }
    }

    @Test("wrong arguments in the query are 400 in the API's own form, whatever is accepted")
    func query() throws {
        try Blog.with { blog in
            let api = blog.api(as: try blog.add("john"))
            api.client.headers["Accept"] = "text/html"
            let answer = api.get("/search/?q=x&type=mails")
            let problem = try answer.json()
            #expect(answer.status == 400)
            #expect(problem == Problem.badRequest("type: must be one of posts, users, comments"))
        }
    }

    @Test("a body beyond the limit is 413 in JSON")
    func large() throws {
        try Blog.with(["http.json_memory": "1KB"]) { blog in
            let john = try blog.add("john")
            let answer = blog.api(as: john).post("/posts/", ["body": .string(String(repeating: "x", count: 2000))])
            #expect(answer.status == 413)
            #expect(try answer.json()["error"] == "content too large")
        }
    }

    @Test("a method that a route does not have is 405 with those it has, in JSON unless HTML is wanted")
    func methods() throws {
        try Blog.with { blog in
            for accept in ["application/json", "*/*", ""] {
                let api = blog.anonymousAPI
                api.client.headers["Accept"] = accept
                let answer = api.send(.delete, "/posts/1", nil)
                #expect(answer.status == 405 && answer.headers["Allow"] == "GET, HEAD, OPTIONS, PUT")
                let problem = try answer.json()
                #expect(problem["error"] == "method not allowed", "\(accept)")
            }
            let browser = blog.anonymousAPI
            browser.client.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            let page = browser.send(.delete, "/posts/", nil)
            #expect(page.status == 405 && page.headers["Allow"] == "GET, HEAD, OPTIONS, POST")
            #expect(page.text.contains("<title>Flasky - Method Not Allowed</title>"))
        }
    }
}
