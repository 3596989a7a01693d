import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Comments in the API", .enabled(if: Blog.server != nil))
struct CommentResourceTests {
    @Test("a comment is made, read and listed with all its keys")
    func story() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let post = try blog.add(post: "x", by: john)
            let made = blog.api(as: susan).post("/posts/\(post)/comments/", ["body": "Good *post*!"])
            #expect(made.status == 201)
            let comment = try made.json()
            let url = try #require(comment["url"]?.string)
            #expect(made.location == "http://localhost" + url)
            let timestamp = try #require(comment["timestamp"])
            #expect(
                comment == [
                    "author_url": .string("/api/v1/users/\(susan.id)"), "body": "Good *post*!",
                    "body_html": "Good <em>post</em>!", "disabled": false,
                    "post_url": .string("/api/v1/posts/\(post)"), "timestamp": timestamp, "url": .string(url),
                ])
            #expect(timestamp.string?.hasSuffix(" GMT") == true)
            let read = try blog.client.get(url, headers: blog.api(as: john).client.headers).json()
            #expect(read == comment)
            let lists = ["/posts/\(post)/comments/", "/comments/"]
            for path in lists {
                let list = try blog.api(as: john).get(path).json()
                #expect(list == ["count": 1, "next": nil, "comments": [comment], "prev": nil])
            }
            // What was never moderated is stored as not disabled.
            #expect(try blog.database.value("SELECT disabled FROM comments", as: Bool?.self) == false)
            #expect(try blog.api(as: john).get("/posts/\(post)").json()["comment_count"] == 1)
        }
    }

    @Test("those of a post are the oldest first, those of all the newest first, 30 on a page")
    func order() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let (post, other) = (try blog.add(post: "x", by: john), try blog.add(post: "y", by: john))
            for number in 1...32 { try blog.add(comment: "\(number)", by: john, to: post) }
            try blog.add(comment: "elsewhere", by: john, to: other)
            func bodies(_ path: String) throws -> [String] {
                try blog.api(as: john).get(path).json()["comments"]?.array?.compactMap { $0["body"]?.string } ?? []
            }
            #expect(try bodies("/posts/\(post)/comments/") == (1...30).map(String.init))
            #expect(try bodies("/posts/\(post)/comments/?page=2") == ["31", "32"])
            #expect(try bodies("/comments/") == ["elsewhere"] + (4...32).reversed().map(String.init))
            let first = try blog.api(as: john).get("/posts/\(post)/comments/").json()
            #expect(first["next"] == .string("/api/v1/posts/\(post)/comments/?page=2") && first["count"] == 32)
            // Other than on the page of the post, -1 is not the last page.
            #expect(try bodies("/posts/\(post)/comments/?page=-1") == (1...30).map(String.init))
        }
    }

    @Test("the text of a disabled comment is for moderators only, and still counted")
    func disabled() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let moderator = try blog.add("moderator", role: "Moderator")
            let post = try blog.add(post: "x", by: john)
            let id = try blog.add(comment: "*rude*", by: john, to: post)
            try blog.database.execute("UPDATE comments SET disabled = true")
            let sentence: JSONValue = "This comment has been disabled by a moderator."
            for path in ["/comments/\(id)", "/comments/", "/posts/\(post)/comments/"] {
                func comment(_ user: User) throws -> JSONValue? {
                    let json = try blog.api(as: user).get(path).json()
                    return json["comments"]?[0] ?? json
                }
                let hidden = try comment(john)
                #expect(hidden?["body"] == sentence && hidden?["body_html"] == sentence && hidden?["disabled"] == true)
                let shown = try comment(moderator)
                #expect(
                    shown?["body"] == "*rude*" && shown?["body_html"] == "<em>rude</em>" && shown?["disabled"] == true)
            }
            #expect(try blog.api(as: john).get("/posts/\(post)").json()["comment_count"] == 1)
            try blog.database.execute("UPDATE comments SET disabled = NULL")
            #expect(try blog.api(as: john).get("/comments/\(id)").json()["body"] == "*rude*")
        }
    }

    @Test("who may not comment cannot; a post that is not there is found out before the body is read")
    func checks() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let missing = blog.api(as: john).send(.post, "/posts/9/comments/", "nonsense")
            let notFound = try missing.json()
            #expect(missing.status == 404 && notFound == Problem.notFound)
            for path in ["/posts/9/comments/", "/comments/9"] { #expect(blog.api(as: john).get(path).status == 404) }
            try blog.database.execute("UPDATE roles SET permissions = 5")
            let refused = blog.api(as: john).send(.post, "/posts/9/comments/", "nonsense")
            let forbidden = try refused.json()
            #expect(refused.status == 403 && forbidden == Problem.forbidden)
        }
    }
}
