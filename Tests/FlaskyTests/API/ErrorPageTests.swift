import Roost
import RoostCommands
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Error pages", .enabled(if: Blog.server != nil))
struct ErrorPageTests {
    @Test(
        "404 is JSON for who accepts that and no HTML, a page for all others",
        arguments: [
            ("application/json", true), ("application/json, text/plain", true), ("application/json;q=0.5", true),
            ("application/json, text/html;q=0", true), ("text/html", false), ("*/*", false), ("application/*", false),
            ("application/json, text/html", false), ("application/json, text/html;q=0.1", false),
            ("application/json, application/xhtml+xml", false), ("text/plain", false), (nil, false), ("", false),
        ] as [(String?, Bool)])
    func negotiation(accept: String?, isJSON: Bool) throws {
        try Blog.with { blog in
            let headers = accept.map { ["Accept": $0] } ?? [:]
            for path in ["/nothing", "/api/v1/nothing", "/user/nobody", "/post/9"] {
                let answer = blog.client.get(path, headers: headers)
                #expect(answer.status == 404)
                if isJSON {
                    let body = try answer.json()
                    #expect(answer.contentType == "application/json" && body == ["error": "not found"])
                } else {
                    #expect(answer.contentType == "text/html; charset=utf-8")
                    #expect(answer.text.contains("<h1>Not Found</h1>") && answer.text.contains("navbar"))
                }
            }
        }
    }

    @Test("what is negotiated says so to caches")
    func vary() throws {
        try Blog.with { blog in
            for path in ["/nothing", "/api/v1/nothing", "/moderate"] {
                let client = path == "/moderate" ? try blog.client(of: blog.add("john")) : blog.client
                for accept in ["application/json", "text/html"] {
                    let vary = client.get(path, headers: ["Accept": accept]).headers["Vary"] ?? ""
                    #expect(vary.contains("Accept"), "\(path) \(accept)")
                    if !path.hasPrefix("/api/") { #expect(vary.contains("Cookie"), "\(path) \(accept)") }
                }
            }
            let answer = blog.client.post("/api/v1/posts/1", headers: ["Accept": "application/json"])
            #expect(answer.status == 405 && answer.headers["Vary"]?.contains("Accept") == true)
        }
    }

    @Test("the page of an API's error is a stranger's, sets no cookie and leaves the session alone")
    func stranger() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john", role: "Moderator")
            let client = try blog.client(of: john)
            client.headers["Authorization"] = Authorization.basicHeader(john.email, "cat")
            for path in ["/api/v1/posts/99999", "/api/v1/nothing"] {
                let answer = client.get(path, headers: ["Accept": "*/*"])
                #expect(answer.status == 404 && answer.contentType == "text/html; charset=utf-8")
                #expect(answer.text.contains("<h1>Not Found</h1>") && answer.text.contains("Log In"), "\(path)")
                for own in ["Log Out", "Profile", "Moderate Comments", "csrf_token"] {
                    #expect(!answer.text.contains(own), "\(path) \(own)")
                }
                #expect(answer.headers["Set-Cookie"] == nil, "\(path)")
            }
            #expect(client.get("/nothing").text.contains("Log Out"))
        }
    }

    @Test("an address of the API that leads nowhere does not look who is logged in")
    func unknownAddress() throws {
        try Blog.with { blog in
            let client = try blog.client(of: try blog.add("john", isConfirmed: false))
            let statements = try blog.statements {
                let answer = client.get("/api/v1/nothing", headers: ["Accept": "*/*"])
                #expect(answer.status == 404 && answer.headers["Set-Cookie"] == nil)
            }
            #expect(statements.isEmpty, "\(statements)")
        }
    }

    @Test("a message that waits for the next page is not shown on the page of an API's error")
    func waitingMessage() throws {
        try Blog.with { blog in
            let client = blog.client
            // Whoever is not logged in is asked to.
            #expect(client.get("/follow/somebody").status == 302)
            let credentials = Authorization.basicHeader(try blog.add("john").email, "cat")
            let error = client.get("/api/v1/posts/99999", headers: ["Authorization": credentials])
            #expect(error.status == 404 && error.contentType == "text/html; charset=utf-8")
            #expect(!error.text.contains("alert-warning"))
            #expect(error.headers["Set-Cookie"] == nil, "\(error.headers)")
            #expect(client.get("/auth/login").text.contains("alert-warning"))
        }
    }

    @Test("403 has its page and its JSON")
    func forbidden() throws {
        try Blog.with { blog in
            let client = try blog.client(of: blog.add("john"))
            let page = client.get("/moderate")
            #expect(page.status == 403 && page.text.contains("<title>Flasky - Forbidden</title>"))
            #expect(page.text.contains("<h1>Forbidden</h1>"))
            #expect(
                try client.get("/moderate", headers: ["Accept": "application/json"]).json() == ["error": "forbidden"])
        }
    }

    @Test("405 is a page with the methods that there are")
    func method() throws {
        try Blog.with { blog in
            let answer = blog.client.post("/user/john")
            #expect(answer.status == 405 && answer.headers["Allow"] == "GET, HEAD, OPTIONS")
            #expect(answer.text.contains("<h1>Method Not Allowed</h1>") && answer.text.contains("navbar"))
        }
    }

    @Test("a form without its token is a 400 page that says so")
    func csrf() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let client = try blog.client(of: blog.add("john"))
            let answer = client.post("/follow/john")
            #expect(answer.status == 400 && answer.text.contains("<title>Flasky - Bad Request</title>"))
            #expect(answer.text.contains("The CSRF token is missing.") && answer.text.contains("navbar"))
        }
    }

    @Test("too many requests have a page with the time to wait")
    func tooMany() throws {
        try Blog.with { blog in
            let app = blog.app
            let limited = try RouteGuard.rate(.perHour(1))
            try app.requiring(limited).get("/limited") { _ in "" }
            let client = blog.client
            #expect(client.get("/limited").status == 200)
            let answer = client.get("/limited")
            #expect(answer.status == 429 && answer.headers["Retry-After"] != nil)
            #expect(answer.text.contains("<h1>Too Many Requests</h1>") && answer.text.contains("navbar"))
        }
    }

    @Test("an unhandled error is a page with its number and nothing else, or JSON")
    func unhandled() throws {
        try Blog.with { blog in
            try blog.database.execute("DROP TABLE comments CASCADE")
            let page = blog.client.get("/")
            #expect(page.status == 500 && page.text.contains("<h1>Internal Server Error</h1>"))
            #expect(!page.text.contains("comments") && page.text.contains("navbar"))
            let json = try blog.client.get("/", headers: ["Accept": "application/json"]).json()
            #expect(json == ["error": "internal server error"])
        }
    }

    @Test("who is logged in stays so on the page of an error")
    func loggedIn() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            var users: [String?] = []
            blog.app.signals.beforeRenderTemplate.connect { event in
                users.append((try? event.request?.user)?.username)
            }
            let client = try blog.client(of: john)
            #expect(client.get("/nothing").status == 404)
            try blog.database.execute("DROP TABLE comments CASCADE")
            #expect(client.get("/").status == 500)
            #expect(users == ["john", "john"])
        }
    }
}

@Suite("Without a database")
struct NoDatabaseTests {
    private struct Somebody: LoginUser { let loginID = "1" }

    private func client() throws -> TestClient {
        let settings = [
            "app.environment": "testing", "database.url": "postgresql:///x?host=/nowhere",
            "secret_key": "a key for tests",
            "templates.folder": Blog.root + "/Sources/Flasky/Templates",
            "static.folder": Blog.root + "/Sources/Flasky/Static",
        ]
        let app = try Flasky.makeApp(Settings(known: StandardSettings.all + Flasky.settings, settings))
        app.logger.logLevel = .critical
        return app.testClient()
    }

    @Test("the page of the error is the blog's own, for strangers and for who was logged in")
    func page() throws {
        for isLoggedIn in [false, true] {
            let client = try client()
            if isLoggedIn { try client.logIn(Somebody()) }
            for path in ["/", "/post/1", "/user/john"] {
                let answer = client.get(path)
                #expect(answer.status == 500 && answer.text.contains("<title>Flasky - Internal Server Error</title>"))
                #expect(answer.text.contains("navbar"), "\(path)")
            }
            let json = try client.get("/", headers: ["Accept": "application/json"]).json()
            #expect(json == ["error": "internal server error"])
        }
    }

    @Test("a call to the API is a 500 in JSON for who accepts that")
    func api() throws {
        let headers = [
            "Accept": "application/json", "Authorization": Authorization.basicHeader("a@example.com", "cat"),
        ]
        let answer = try client().get("/api/v1/posts/", headers: headers)
        let body = try answer.json()
        #expect(answer.status == 500 && body == ["error": "internal server error"])
    }

    @Test("what needs no database is answered as ever")
    func others() throws {
        let client = try client()
        #expect(client.get("/nothing").status == 404)
        #expect(client.get("/api/v1/posts/").status == 401)
        #expect(client.get("/api/v1/openapi.json").status == 200)
    }
}
