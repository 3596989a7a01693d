import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("A post and its comments", .enabled(if: Blog.server != nil))
struct PostTests {
    @Test("the page shows the post and its comments, the oldest first")
    func show() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let post = try blog.add(post: "the *post*", by: john)
            try blog.add(comment: "**one**", by: susan, to: post)
            try blog.add(comment: "two!", by: john, to: post)
            let page = blog.client.get("/post/\(post)")
            #expect(page.status == 200 && page.text.contains("<title>Flasky - Post</title>"))
            #expect(page.text.contains("<p>the <em>post</em></p>") && page.text.contains(">2 Comments</a>"))
            #expect(page.text.contains("<h4 id=\"comments\"") && page.text.contains(">Comments</h4>"))
            #expect(!page.text.contains("Enter your comment"))
            let (one, two) = (page.text.range(of: "<strong>one</strong>"), page.text.range(of: "two!"))
            #expect(try #require(one).lowerBound < #require(two).lowerBound)
            #expect(page.text.contains("href=\"/post/\(post)?page=1#comments\""))
        }
    }

    @Test("a disabled comment is a sentence to everybody, its author and moderators too")
    func disabled() throws {
        try Blog.with { blog in
            let (john, mo) = (try blog.add("john"), try blog.add("mo", role: "Moderator"))
            let post = try blog.add(post: "text", by: john)
            let comment = try blog.add(comment: "rude words", by: john, to: post)
            _ = try Comment.setDisabled(true, comment, in: blog.database)
            for client in [blog.client, try blog.client(of: john), try blog.client(of: mo)] {
                let text = client.get("/post/\(post)").text
                #expect(text.contains("<i>This comment has been disabled by a moderator.</i>"))
                #expect(!text.contains("rude words") && !text.contains("Enable") && text.contains("1 Comments"))
            }
        }
    }

    @Test("a comment is stored as not disabled, and the answer leads to the last page")
    func comment() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "text", by: john)
            let client = try blog.client(of: john)
            let flashes = try blog.flashes {
                let sent = try client.fill("/post/\(post)") { $0["body"] = "a *comment*" }
                #expect(sent.status == 302 && sent.location == "/post/\(post)?page=-1")
            }
            #expect(flashes == ["Your comment has been published."])
            let stored = try blog.database.rows(
                "SELECT disabled FROM comments WHERE body_html = 'a <em>comment</em>'", as: Bool?.self)
            #expect(stored == [false])
            #expect(client.get("/post/\(post)?page=-1").text.contains("a <em>comment</em>"))
        }
    }

    @Test("a comment without text or token is refused in words, and what was typed stays")
    func refused() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "text", by: john)
            let client = try blog.client(of: john)
            let blank = try client.fill("/post/\(post)") { $0["body"] = " " }
            #expect(blank.status == 200 && blank.text.contains("This field is required."))
            let untrusted = client.post("/post/\(post)", form: ["body": "typed \"this\""])
            #expect(untrusted.status == 200 && untrusted.text.contains("The CSRF token is missing."))
            #expect(untrusted.text.contains("value=\"typed &#34;this&#34;\""))
            #expect(try blog.count(Comment.self) == 0)
        }
    }

    @Test(
        "a stranger who comments is asked to log in, and who may not comment gets 403; also on posts that do not exist")
    func mayNotComment() throws {
        try Blog.with { blog in
            let post = try blog.add(post: "text", by: try blog.add("john"))
            let mute = try blog.client(of: try blog.add("mute", role: "none"))
            for id in [post, 999] {
                var sent: TestResponse?
                let flashes = blog.flashes { sent = blog.client.post("/post/\(id)", form: ["body": "text"]) }
                #expect(sent?.location == "/auth/login?next=%2Fpost%2F\(id)")
                #expect(flashes == ["Please log in to access this page."])
                #expect(mute.post("/post/\(id)", form: ["body": "text"]).status == 403)
            }
            #expect(try blog.client(of: try blog.add("susan")).post("/post/999", form: ["body": "x"]).status == 404)
            let page = mute.get("/post/\(post)")
            #expect(page.status == 200 && !page.text.contains("Enter your comment"))
            #expect(try blog.count(Comment.self) == 0)
        }
    }

    @Test("page -1 is the last one, also when there is no comment or the last page is full")
    func lastPage() throws {
        try Blog.with(["flasky.comments_per_page": "2"]) { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "text", by: john)
            func current() -> String? {
                let text = blog.client.get("/post/\(post)?page=-1").text
                return text.split(separator: "<li class=\"active\">").dropFirst().first
                    .flatMap { $0.split(separator: ">").dropFirst().first }.map { String($0.prefix { $0 != "<" }) }
            }
            #expect(blog.client.get("/post/\(post)?page=-1").status == 200)
            for (number, page) in [(1, "1"), (2, "1"), (3, "2"), (4, "2"), (5, "3")] {
                try blog.add(comment: "comment \(number)", by: john, to: post)
                #expect(current() == page, "\(number) comments")
            }
        }
    }

    @Test(
        "an id that is nobody's, too large or no number is not found",
        arguments: ["999", "4294967297", "99999999999999999999999", "x", "-1", "+1"])
    func unknown(id: String) throws {
        try Blog.with { blog in
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            for path in ["/post/", "/edit/", "/edit-profile/", "/moderate/enable/", "/moderate/disable/"] {
                #expect(ada.get(path + id).status == 404, "\(path)")
            }
        }
    }
}

@Suite("Editing a post", .enabled(if: Blog.server != nil))
struct EditPostTests {
    @Test("its author changes the text and nothing else")
    func author() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john")
            let id = try blog.add(post: "old <text>", by: john)
            let before = try #require(try Post.find(id, in: blog.database))
            let client = try blog.client(of: john)
            let page = client.get("/edit/\(id)")
            #expect(page.text.contains("<h1>Edit Post</h1>") && page.text.contains("Flasky - Edit Post"))
            #expect(try page.form(to: "").fields.contains { $0.name == "body" && $0.value.hasSuffix("old <text>") })
            let flashes = try blog.flashes {
                let sent = try client.fill("/edit/\(id)") { $0["body"] = "new *text*" }
                #expect(sent.status == 302 && sent.location == "/post/\(id)")
            }
            #expect(flashes == ["The post has been updated."])
            let after = try #require(try Post.find(id, in: blog.database))
            #expect(after.body == "new *text*" && after.bodyHTML == "<p>new <em>text</em></p>")
            #expect(after.timestamp == before.timestamp && after.authorID == john.id)
        }
    }

    @Test("an administrator may, anybody else gets 403, a stranger the login page, and nobody a post that is not there")
    func others() throws {
        try Blog.with { blog in
            let id = try blog.add(post: "text", by: try blog.add("john"))
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            #expect(ada.get("/post/\(id)").text.contains("Edit [Admin]"))
            #expect(ada.post("/edit/\(id)", form: ["body": "better"]).location == "/post/\(id)")
            let mo = try blog.client(of: try blog.add("mo", role: "Moderator"))
            #expect(mo.get("/edit/\(id)").status == 403)
            #expect(mo.post("/edit/\(id)", form: ["body": "worse"]).status == 403)
            #expect(mo.get("/edit/999").status == 404)
            #expect(blog.client.get("/edit/999").location == "/auth/login?next=%2Fedit%2F999")
            #expect(try Post.find(id, in: blog.database)?.body == "better")
        }
    }

    @Test("after an error the form has what was typed, not what is stored")
    func typed() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let id = try blog.add(post: "stored", by: john)
            let client = try blog.client(of: john)
            let odd = client.post("/edit/\(id)", form: ["body": "typed \u{0}"])
            #expect(odd.status == 200 && odd.text.contains("typed ") && !odd.text.contains("stored</textarea>"))
            let blank = client.post("/edit/\(id)", form: ["body": " "])
            #expect(blank.text.contains("This field is required.") && !blank.text.contains("stored</textarea>"))
        }
    }
}

@Suite("The preview of a post", .enabled(if: Blog.server != nil))
struct PreviewTests {
    @Test("who may write sees the HTML that would be stored")
    func preview() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = try blog.client(of: try blog.add("john"))
            let token = try client.csrfToken()
            let text = "*a* <script>b</script>"
            let answer = client.post("/preview", form: ["body": text], headers: ["X-CSRFToken": token])
            #expect(answer.status == 200 && answer.contentType == "text/html; charset=utf-8")
            #expect(answer.text == Markdown.post(text) && !answer.text.contains("<script"))
            #expect(client.post("/preview", form: ["body": text]).status == 400)
        }
    }

    @Test("others are sent to the login page or get 403")
    func refused() throws {
        try Blog.with { blog in
            #expect(blog.client.post("/preview", form: ["body": "x"]).location == "/auth/login?next=%2Fpreview")
            let mute = try blog.client(of: try blog.add("mute", role: "none"))
            #expect(mute.post("/preview", form: ["body": "x"]).status == 403)
        }
    }
}
