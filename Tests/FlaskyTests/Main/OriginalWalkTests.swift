import Roost
import RoostPostgres
import Testing

@testable import Flasky

/// What the book's own tests of the client do, as they do it: by GET where the book has links, looking for its words.
@Suite("The book's walk through the blog", .enabled(if: Blog.server != nil))
struct OriginalWalkTests {
    @Test("the home page greets strangers")
    func home() throws {
        try Blog.with { blog in
            let response = blog.client.get("/")
            #expect(response.status == 200 && response.text.contains("Stranger"))
        }
    }

    @Test("somebody posts, is commented, followed and unfollowed, and a moderator hides the comment")
    func walk() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let (first, second) = (try blog.client(of: john), try blog.client(of: susan))
            #expect(first.get("/").text.contains("Hello, john!"))

            let written = first.post("/", form: ["body": "body of the *blog* post"], followRedirects: true)
            #expect(written.text.contains("<p>body of the <em>blog</em> post</p>"))
            let post = try #require(try Post.query.first(in: blog.database)).id
            #expect(written.text.contains("/post/\(post)#comments") && written.text.contains("0 Comments"))

            let commented = second.post(
                "/post/\(post)", form: ["body": "Good [post](http://example.com)!"], followRedirects: true)
            #expect(commented.status == 200 && commented.text.contains("1 Comments"))
            #expect(commented.text.contains("Your comment has been published."))
            #expect(commented.text.contains("Good <a href=\"http://example.com\" rel=\"nofollow\">post</a>!"))

            #expect(second.get("/user/john").text.contains("Follow"))
            let followed = second.get("/follow/john", followRedirects: true)
            #expect(
                followed.text.contains("Unfollow")
                    && followed.text.contains("Followers: <span class=\"badge\">1</span>"))
            #expect(followed.text.contains("You are now following john."))
            #expect(first.get("/user/susan").text.contains("Follows you"))
            #expect(second.get("/followed", followRedirects: true).text.contains("body of the"))
            #expect(second.get("/unfollow/john", followRedirects: true).status == 200)
            #expect(!second.get("/").text.contains("body of the"))
            #expect(second.get("/all", followRedirects: true).text.contains("body of the"))

            let mo = try blog.client(of: try blog.add("mo", role: "Moderator"))
            let comment = try #require(try Comment.query.first(in: blog.database)).id
            #expect(mo.get("/moderate").text.contains("Disable"))
            #expect(mo.get("/moderate/disable/\(comment)?page=1", followRedirects: true).text.contains("Enable"))
            let hidden = second.get("/post/\(post)").text
            #expect(hidden.contains("This comment has been disabled by a moderator.") && !hidden.contains("Good"))
        }
    }

    @Test("forms send the token of their page, as a black-box test reads it")
    func token() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = try blog.client(of: try blog.add("john"))
            let page = client.get("/edit-profile").text
            let field = try #require(page.split(separator: "<input ").first { $0.contains("name=\"csrf_token\"") })
            let value = try #require(field.split(separator: "value=\"").dropFirst().first?.prefix { $0 != "\"" })
            let sent = client.post(
                "/edit-profile", form: ["csrf_token": String(value), "name": "John", "submit": "Submit"])
            #expect(sent.status == 302 && sent.location == "/user/john")
        }
    }
}
