import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Moderating comments", .enabled(if: Blog.server != nil))
struct ModerationTests {
    @Test("a moderator hides a comment by its button and shows it again, and stays on the page")
    func change() throws {
        try Blog.with(["csrf.enabled": "true", "flasky.comments_per_page": "1"]) { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "text", by: john)
            let comment = try blog.add(comment: "first", by: john, to: post)
            try blog.add(comment: "second", by: john, to: post)
            let mo = try blog.client(of: try blog.add("mo", role: "Moderator"))
            let page = mo.get("/moderate?page=2").text
            #expect(page.contains("<h1>Comment Moderation</h1>") && page.contains("Flasky - Comment Moderation"))
            #expect(page.contains("first") && !page.contains("second") && page.contains(">Disable</button>"))
            #expect(try mo.press("/moderate/disable/\(comment)", on: "/moderate?page=2").location == "/moderate?page=2")
            #expect(try Comment.get(comment, in: blog.database)?.isDisabled == true)
            let hidden = mo.get("/moderate?page=2").text
            #expect(hidden.contains("disabled by a moderator.</i>") && hidden.contains("first"))
            #expect(hidden.contains(">Enable</button>") && !hidden.contains(">Disable</button>"))
            #expect(try mo.press("/moderate/enable/\(comment)", on: "/moderate?page=2").location == "/moderate?page=2")
            #expect(try Comment.get(comment, in: blog.database)?.isDisabled == false)
        }
    }

    @Test("the book's links work, and without a page lead to the first")
    func links() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let comment = try blog.add(comment: "text", by: john, to: try blog.add(post: "text", by: john))
            try blog.database.execute("UPDATE comments SET disabled = NULL")
            let mo = try blog.client(of: try blog.add("mo", role: "Moderator"))
            #expect(mo.get("/moderate").text.contains(">Disable</button>"))
            for (path, page) in [("disable", "?page=3"), ("enable", ""), ("disable", "?page=0"), ("enable", "?page=x")]
            {
                let answer = mo.get("/moderate/\(path)/\(comment)\(page)")
                #expect(answer.status == 302 && answer.location == "/moderate?page=\(page == "?page=3" ? 3 : 1)")
                #expect(try Comment.get(comment, in: blog.database)?.isDisabled == (path == "disable"))
            }
        }
    }

    @Test("all comments are listed, the newest first")
    func order() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            for word in ["first-comment", "second-comment"] {
                try blog.add(comment: word, by: john, to: try blog.add(post: "text", by: john))
            }
            let text = try blog.client(of: try blog.add("mo", role: "Moderator")).get("/moderate").text
            let (first, second) = (text.range(of: "first-comment"), text.range(of: "second-comment"))
            #expect(try #require(second).lowerBound < #require(first).lowerBound)
        }
    }

    @Test("strangers log in first, others get 403, also for comments that are not there; then 404")
    func refused() throws {
        try Blog.with { blog in
            let john = try blog.client(of: try blog.add("john"))
            let mo = try blog.client(of: try blog.add("mo", role: "Moderator"))
            for path in ["/moderate/enable/999", "/moderate/disable/999"] {
                #expect(blog.client.post(path).location == "/auth/login?next=\(path.replacing("/", with: "%2F"))")
                #expect(john.post(path).status == 403 && john.get(path).status == 403)
                #expect(mo.post(path).status == 404 && mo.get(path).status == 404)
            }
            #expect(john.get("/moderate").status == 403 && mo.post("/moderate").status == 405)
            #expect(blog.client.get("/moderate").location == "/auth/login?next=%2Fmoderate")
        }
    }
}
