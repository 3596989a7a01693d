import Roost
import Testing

@testable import Flasky

/// What surrounds every page: the bar, the messages, the files it needs.
@Suite("The frame of a page", .enabled(if: Blog.server != nil))
struct FrameTests {
    @Test("a stranger's page leaves no cookie, carries no token and asks the database for posts only")
    func stranger() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = blog.client
            let statements = try blog.statements {
                let page = client.get("/")
                #expect(page.status == 200 && page.headers["Set-Cookie"] == nil)
                #expect(page.text.contains(">Log In</a>") && !page.text.contains("csrf_token"))
                for text in ["Profile", "Account", "Moderate Comments", "editor.js"] {
                    #expect(!page.text.contains(text), "\(text) is for people who are logged in")
                }
            }
            #expect(client.cookies.isEmpty)
            #expect(statements.allSatisfy { $0.contains("posts") }, "\(statements)")
        }
    }

    @Test("who is logged in has a profile and a menu, whose last entry logs out by POST")
    func menu() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let susan = try blog.add("susan")
            let client = try blog.client(of: susan)
            let page = client.get("/").text
            #expect(page.contains("href=\"/user/susan\">Profile</a>") && !page.contains("Log In"))
            for (text, path) in [("Change Password", "/auth/change-password"), ("Change Email", "/auth/change_email")] {
                #expect(page.contains("<a href=\"\(path)\">\(text)</a>"))
            }
            #expect(page.contains("<form action=\"/auth/logout\" method=\"post\">"))
            let token = try client.csrfToken()
            #expect(page.contains("name=\"csrf_token\" value=\"") && !token.isEmpty)
            #expect(page.contains("size-18"), "the menu has a small picture")
        }
    }

    @Test("the page one is on is marked in the bar")
    func current() throws {
        try Blog.with { blog in
            let client = try blog.client(of: try blog.add("susan"))
            try blog.add("bob")
            let own = client.get("/user/susan").text
            #expect(own.contains("aria-current=\"page\">Profile</a>"))
            #expect(!client.get("/user/bob").text.contains("aria-current=\"page\">Profile</a>"))
            #expect(client.get("/").text.contains("aria-current=\"page\">Home</a>"))
        }
    }

    @Test("a message is shown once, escaped, with a button that puts it away")
    func messages() throws {
        try Blog.with { blog in
            let client = blog.client
            #expect(client.get("/edit-profile").status == 302)
            let page = client.get("/").text
            #expect(page.contains("<div class=\"alert alert-warning\" role=\"status\">"))
            #expect(page.contains("aria-label=\"Close\">×</button>\n        Please log in to access this page.\n"))
            #expect(!client.get("/").text.contains("alert-warning"))
        }
    }

    @Test("scripts and styles come from the blog itself under addresses that are kept for ever")
    func files() throws {
        try Blog.with { blog in
            let page = blog.client.get("/").text
            let addresses = page.matches(of: #/(?:href|src)="(/static/[^"]+)"/#).map { String($0.1) }
            #expect(addresses.count >= 6, "\(addresses)")
            for address in addresses {
                let file = blog.client.get(address)
                #expect(file.status == 200, "\(address)")
                #expect(file.headers["Cache-Control"]?.contains("immutable") == true, "\(address)")
            }
            #expect(!page.contains("src=\"http") && !page.contains("src=\"//"))
            let plain = blog.client.get("/static/styles.css")
            #expect(plain.status == 200 && plain.headers["Cache-Control"]?.contains("immutable") != true)
        }
    }

    @Test("fields of accounts say what they are for, so that browsers can fill them in")
    func purposes() throws {
        try Blog.with { blog in
            let login = blog.client.get("/auth/login").text
            #expect(login.contains("autocomplete=\"username\"") && login.contains("autocomplete=\"current-password\""))
            let register = blog.client.get("/auth/register").text
            #expect(register.split(separator: "autocomplete=\"new-password\"").count - 1 == 2)
        }
    }

    @Test("pictures are drawn here, or come from Gravatar when the settings say so")
    func pictures() throws {
        try Blog.with { blog in
            let client = try blog.client(of: try blog.add("john"))
            #expect(!client.get("/").text.contains("gravatar"))
        }
        try Blog.with(["flasky.avatars": "gravatar"]) { blog in
            let page = try blog.client(of: try blog.add("john")).get("/")
            let address =
                "https://secure.gravatar.com/avatar/d4c74594d841139328695756648b6bd6?s=18&amp;d=identicon&amp;r=g"
            #expect(page.text.contains("src=\"\(address)\" width=\"18\" height=\"18\" alt=\"\""))
            let policy = page.headers["Content-Security-Policy"] ?? ""
            #expect(policy.contains("img-src 'self' https://secure.gravatar.com"))
        }
    }
}
