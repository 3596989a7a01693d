import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Posts in the API", .enabled(if: Blog.server != nil))
struct PostResourceTests {
    static let keys = ["author_url", "body", "body_html", "comment_count", "comments_url", "timestamp", "url"]

    @Test("a post is made, read and listed with all its keys")
    func story() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let made = blog.api(as: john).post("/posts/", ["body": "body of the *blog* post"])
            #expect(made.status == 201 && made.contentType == "application/json")
            let post = try made.json()
            let url = try #require(post["url"]?.string)
            #expect(made.location == "http://localhost" + url)
            #expect(post.object?.keys == Self.keys)
            #expect(post["body"] == "body of the *blog* post")
            #expect(post["body_html"] == "<p>body of the <em>blog</em> post</p>")
            #expect(post["comment_count"] == 0 && post["comments_url"] == .string(url + "/comments/"))
            #expect(post["author_url"] == .string("/api/v1/users/\(john.id)"))
            let read = try blog.client.get(url, headers: blog.api(as: john).client.headers).json()
            #expect(read == post)
            let list = try blog.api(as: john).get("/posts/").json()
            #expect(list == ["count": 1, "next": nil, "posts": [post], "prev": nil])
        }
    }

    @Test("times are those of HTTP")
    func timestamp() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let id = try blog.add(post: "x", by: john)
            try blog.database.execute("UPDATE posts SET timestamp = '2026-11-21 02:09:28.999'")
            let post = try blog.api(as: john).get("/posts/\(id)").json()
            #expect(post["timestamp"] == "Sat, 21 Nov 2026 02:09:28 GMT")
        }
    }

    @Test(
        "any text is a body: white space, other scripts, emoji, markup",
        arguments: [
            " ", "\n\t", "äöü ß", "日本語 كتاب", "👩‍👩‍👧‍👦 é", "<script>alert(1)</script>", "\u{2028}\u{FFFF}", "\u{1}\u{7F}",
            "'; DROP TABLE posts; --", "%s {{ 7 * 7 }} \\ \" /",
        ])
    func bodies(body: String) throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let made = blog.api(as: john).post("/posts/", ["body": .string(body)])
            let post = try made.json()
            #expect(made.status == 201 && post["body"] == .string(body))
            let id = try #require(post["url"]?.string?.split(separator: "/").last)
            let read = try blog.api(as: john).get("/posts/\(id)").json()
            #expect(read == post && read["body_html"]?.string?.contains("<script") == false)
        }
    }

    @Test("lists are in the order of the numbers, 20 on a page, with the addresses of their neighbours")
    func pages() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            for number in 1...45 { try blog.add(post: "post \(number)", by: john) }
            func page(
                _ query: String
            ) throws -> (bodies: [String], prev: JSONValue?, next: JSONValue?, count: JSONValue?) {
                let json = try blog.api(as: john).get("/posts/" + query).json()
                let bodies = json["posts"]?.array?.compactMap { $0["body"]?.string } ?? []
                return (bodies, json["prev"], json["next"], json["count"])
            }
            let first = try page("")
            #expect(first.bodies == (1...20).map { "post \($0)" } && first.count == 45)
            #expect(first.prev == .null && first.next == "/api/v1/posts/?page=2")
            let last = try page("?page=3")
            #expect(last.bodies == (41...45).map { "post \($0)" } && last.count == 45)
            #expect(last.prev == "/api/v1/posts/?page=2" && last.next == .null)
            let beyond = try page("?page=9")
            #expect(beyond.bodies.isEmpty && beyond.count == 45)
            #expect(beyond.prev == "/api/v1/posts/?page=8" && beyond.next == .null)
            for query in ["?page=", "?page=x", "?page=0", "?page=-1", "?page=1.5", "?page[]=2"] {
                #expect(try page(query).bodies == first.bodies, "\(query)")
            }
            for query in ["?page=2147483648", "?page=99999999999999999999"] {
                let far = try page(query)
                #expect(far.bodies.isEmpty && far.count == 45 && far.next == .null, "\(query)")
            }
        }
    }

    @Test("the author and administrators may change a post, others may not, and its time stays")
    func editing() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan", role: "Moderator"))
            let admin = try blog.add("admin", role: "Administrator")
            let id = try blog.add(post: "first", by: john)
            try blog.add(comment: "x", by: susan, to: id)
            let before = try blog.api(as: john).get("/posts/\(id)").json()
            let changed = blog.api(as: john).put("/posts/\(id)", ["body": "*second*"])
            let post = try changed.json()
            #expect(
                changed.status == 200 && post["body"] == "*second*" && post["body_html"] == "<p><em>second</em></p>")
            #expect(post["timestamp"] == before["timestamp"] && post["comment_count"] == 1)
            #expect(try blog.api(as: john).get("/posts/\(id)").json() == post)
            let refused = blog.api(as: susan).put("/posts/\(id)", ["body": "third"])
            let problem = try refused.json()
            #expect(refused.status == 403 && problem == Problem.forbidden)
            #expect(try blog.api(as: admin).put("/posts/\(id)", ["body": "fourth"]).json()["body"] == "fourth")
            #expect(try blog.api(as: john).get("/posts/\(id)").json()["body"] == "fourth")
        }
    }

    @Test("a change without a body changes nothing; an empty or null one is refused")
    func emptyChange() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let id = try blog.add(post: "first", by: john)
            let before = try blog.api(as: john).get("/posts/\(id)").json()
            let same = blog.api(as: john).put("/posts/\(id)", ["title": "x"])
            let answer = try same.json()
            #expect(same.status == 200 && answer == before)
            for body in ["", nil] as [JSONValue] {
                let refused = blog.api(as: john).put("/posts/\(id)", ["body": body])
                let problem = try refused.json()
                #expect(refused.status == 400 && problem == Problem.badRequest("post does not have a body"))
            }
            #expect(try blog.api(as: john).get("/posts/\(id)").json() == before)
        }
    }

    @Test("who may not write cannot, and is told so before anything else is looked at")
    func permission() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            try blog.database.execute("UPDATE roles SET permissions = 3")
            for answer in [
                blog.api(as: john).send(.post, "/posts/", "nonsense"), blog.api(as: john).put("/posts/9", ["body": ""]),
            ] {
                let problem = try answer.json()
                #expect(answer.status == 403 && problem == Problem.forbidden)
            }
        }
    }

    @Test("a post that is not there is 404 before its body is looked at, in HTML for who wants that")
    func missing() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let api = blog.api(as: john)
            for answer in [api.get("/posts/9"), api.send(.put, "/posts/9", "nonsense"), api.get("/posts/0")] {
                let problem = try answer.json()
                #expect(answer.status == 404 && problem == Problem.notFound)
            }
            let page = api.get("/posts/9", headers: ["Accept": "text/html"])
            #expect(page.status == 404 && page.text.contains("<title>Flasky - Page Not Found</title>"))
        }
    }
}
