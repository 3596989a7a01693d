import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("The home page", .enabled(if: Blog.server != nil))
struct HomeTests {
    @Test("a stranger is greeted, sees all posts and no form, and gets no cookie")
    func stranger() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            try blog.add(post: "a *first* post", by: john)
            let page = blog.client.get("/")
            #expect(page.status == 200 && page.headers["Set-Cookie"] == nil)
            #expect(page.text.contains("<title>Flasky</title>") && page.text.contains("Hello, Stranger!"))
            #expect(page.text.contains("<p>a <em>first</em> post</p>"))
            #expect(page.text.contains(">Permalink</a>") && page.text.contains(">0 Comments</a>"))
            #expect(!page.text.contains("<textarea") && !page.text.contains("Edit") && !page.text.contains("Followed"))
            #expect(page.text.contains("<li class=\"active\"><a href=\"/all\" aria-current=\"page\">All</a></li>"))
        }
    }

    @Test("what a stranger sends is ignored")
    func strangerPosts() throws {
        try Blog.with { blog in
            #expect(blog.client.post("/", form: ["body": "spam"]).status == 200)
            let stored = try blog.count(Post.self)
            #expect(stored == 0)
        }
    }

    @Test("a post is stored with its HTML and stands on top")
    func write() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = try blog.client(of: try blog.add("john"))
            let page = client.get("/")
            #expect(page.text.contains("Hello, john!") && page.text.contains("What&#39;s on your mind?"))
            for body in ["older", "body of the *blog* post"] {
                let sent = try client.fill("/") { $0["body"] = body }
                #expect(sent.status == 302 && sent.location == "/")
            }
            let posts = try Post.query.order(\.id.descending).all(in: blog.database)
            #expect(posts.map(\.bodyHTML) == ["<p>body of the <em>blog</em> post</p>", "<p>older</p>"])
            let text = client.get("/").text
            let (newer, older) = (text.range(of: posts[0].bodyHTML), text.range(of: posts[1].bodyHTML))
            #expect(try #require(newer).lowerBound < #require(older).lowerBound)
            #expect(text.contains("<a href=\"/edit/\(posts[0].id)\">Edit</a>"))
        }
    }

    @Test("the editor has the ids that the book's script looks for")
    func editor() throws {
        try Blog.with { blog in
            let text = try blog.client(of: try blog.add("john")).get("/").text
            #expect(
                text.contains("<div class=\"flask-pagedown\"><textarea class=\"form-control flask-pagedown-input\""))
            #expect(text.contains("id=\"flask-pagedown-body\" name=\"body\" required"))
            #expect(text.contains("<div class=\"flask-pagedown-preview\" id=\"flask-pagedown-body-preview\"></div>"))
            #expect(text.contains("for=\"flask-pagedown-body\""))
        }
    }

    @Test("a post without text, or with a character that cannot be stored, is refused and nothing typed is lost")
    func refused() throws {
        try Blog.with { blog in
            let client = try blog.client(of: try blog.add("john"))
            let blank = client.post("/", form: ["body": "  "])
            #expect(blank.status == 200 && blank.text.contains("<p class=\"help-block\">This field is required.</p>"))
            let odd = client.post("/", form: ["body": "one <two> \u{0} three"])
            #expect(odd.status == 200 && odd.text.contains("cannot be stored"))
            #expect(odd.text.contains("one &lt;two&gt; "))
            #expect(try blog.count(Post.self) == 0)
        }
    }

    @Test("a post without the page's token is refused in words")
    func token() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = try blog.client(of: try blog.add("john"))
            let page = client.post("/", form: ["body": "text"])
            #expect(page.status == 200 && page.text.contains("<p class=\"error\">The CSRF token is missing.</p>"))
            #expect(try blog.count(Post.self) == 0)
        }
    }

    @Test("who may not write gets no form, and what he sends is ignored")
    func mayNotWrite() throws {
        try Blog.with { blog in
            let client = try blog.client(of: try blog.add("john", role: "none"))
            #expect(!client.get("/").text.contains("<textarea"))
            #expect(client.post("/", form: ["body": "text"]).status == 200)
            #expect(try blog.count(Post.self) == 0)
        }
    }

    @Test("the tabs choose between all posts and those of people followed, one's own among them")
    func tabs() throws {
        try Blog.with { blog in
            let (john, susan, david) = (try blog.add("john"), try blog.add("susan"), try blog.add("david"))
            for user in [john, susan, david] { try blog.add(post: "by \(user.username)!", by: user) }
            _ = try john.follow(susan, in: blog.database)
            let client = try blog.client(of: john)
            func shown() -> [String] {
                let text = client.get("/").text
                return ["john", "susan", "david"].filter { text.contains("by \($0)!") }
            }
            #expect(shown() == ["john", "susan", "david"])
            #expect(client.get("/followed").location == "/")
            #expect(shown() == ["john", "susan"])
            #expect(client.get("/").text.contains("<li class=\"active\"><a href=\"/followed\""))
            #expect(client.get("/all").location == "/")
            #expect(shown() == ["john", "susan", "david"])
        }
    }

    @Test("the tab is kept for thirty days in a cookie that no script and no other site sees")
    func cookie() throws {
        try Blog.with { blog in
            let client = try blog.client(of: try blog.add("john"))
            func cookie(_ path: String) -> String? {
                client.get(path).headers.all("Set-Cookie").first { $0.hasPrefix("show_followed") }
            }
            let (on, off) = (try #require(cookie("/followed")), try #require(cookie("/all")))
            #expect(on.hasPrefix("show_followed=1;") && off.hasPrefix("show_followed=;"))
            for part in ["Max-Age=2592000", "HttpOnly", "Path=/", "SameSite=Lax"] {
                #expect(on.contains(part) && off.contains(part))
            }
            #expect(!on.contains("Secure") && !on.contains("Domain"))
            client.scheme = "https"
            #expect(try #require(cookie("/followed")).contains("; Secure"))
        }
    }

    @Test("a stranger's cookie chooses nothing, and the tabs ask him to log in")
    func strangerTabs() throws {
        try Blog.with { blog in
            try blog.add(post: "text!", by: try blog.add("john"))
            let client = blog.client
            client.cookies["show_followed"] = "1"
            #expect(client.get("/").text.contains("text!"))
            for path in ["/all", "/followed"] {
                var location: String?
                let flashes = blog.flashes { location = client.get(path).location }
                #expect(location == "/auth/login?next=%2F\(path.dropFirst())")
                #expect(flashes == ["Please log in to access this page."])
            }
        }
    }
}
