import Roost
import RoostHTTP
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Who calls the API", .enabled(if: Blog.server != nil))
struct APIAuthenticationTests {
    /// Every route, with what it takes to be asked.
    static let routes: [(HTTPMethod, String)] = [
        (.post, "/tokens/"), (.get, "/posts/"), (.post, "/posts/"), (.get, "/posts/1"), (.put, "/posts/1"),
        (.get, "/posts/1/comments/"), (.post, "/posts/1/comments/"), (.get, "/comments/"), (.get, "/comments/1"),
        (.get, "/users/1"), (.get, "/users/1/posts/"), (.get, "/users/1/timeline/"),
    ]

    @Test("every route asks for credentials, in the same words")
    func everyRoute() throws {
        try Blog.with { blog in
            for (method, path) in Self.routes {
                let answer = blog.anonymousAPI.send(method, path, "{}")
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer.headers["WWW-Authenticate"] == "Basic realm=\"Authentication Required\"")
                #expect(answer.contentType == "application/json")
                let body = try answer.json()
                #expect(body == Problem.unauthorized)
            }
        }
    }

    @Test("an address is compared in lower case, a password is not")
    func password() throws {
        try Blog.with { blog in
            try blog.add("john")
            #expect(APIClient(blog, "john@example.com").get("/posts/").status == 200)
            #expect(APIClient(blog, "John@Example.COM").get("/posts/").status == 200)
            for (name, password) in [
                ("john@example.com", "Cat"), ("john@example.com", "cat "), ("susan@example.com", "cat"), ("", "cat"),
                ("", ""), ("john@example.com", ""), ("john", "cat"), ("a\0b", "cat"), ("a\0b", ""), ("''--", "'"),
            ] {
                let answer = APIClient(blog, name, password: password).get("/posts/")
                #expect(answer.status == 401, "\(name):\(password)")
            }
        }
    }

    @Test(
        "other schemes and broken headers are no credentials",
        arguments: [
            "Bearer x", "Basic", "Basic ", "Basic !!!", "Basic /w==", "Digest username=\"john\"", "", "basic",
            "Token x",
        ])
    func otherSchemes(header: String) throws {
        try Blog.with { blog in
            let answer = blog.anonymousAPI.get("/posts/", headers: ["Authorization": header])
            let body = try answer.json()
            #expect(answer.status == 401 && body == Problem.unauthorized)
        }
    }

    @Test("a token sent as Bearer is refused")
    func bearer() throws {
        try Blog.with { blog in
            let token = try AccountTokens(blog.app).api(for: blog.add("john"))
            let answer = blog.anonymousAPI.get("/posts/", headers: ["Authorization": "Bearer \(token)"])
            #expect(answer.status == 401)
        }
    }

    @Test("somebody without a password cannot get in with any")
    func noPassword() throws {
        try Blog.with { blog in
            try blog.add("john")
            for hash in [nil, "", "nonsense", "pbkdf2:sha256:1$a$"] as [String?] {
                try User.query.update(in: blog.database) { $0.passwordHash = hash }
                #expect(APIClient(blog, "john@example.com").get("/posts/").status == 401)
                #expect(APIClient(blog, "john@example.com", password: "").get("/posts/").status == 401)
            }
        }
    }

    @Test("an unconfirmed account is refused, after the credentials were checked and before anything else")
    func unconfirmed() throws {
        try Blog.with { blog in
            try blog.add("john", role: "Administrator", isConfirmed: false)
            for (method, path) in Self.routes {
                let answer = APIClient(blog, "john@example.com").send(method, path, "nonsense")
                let body = try answer.json()
                #expect(answer.status == 403 && body == Problem.unconfirmed, "\(method) \(path)")
            }
            #expect(APIClient(blog, "john@example.com", password: "dog").get("/posts/").status == 401)
        }
    }

    @Test("a login in the browser does not authenticate, and a call does not log in")
    func sessions() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let browser = try blog.client(of: john)
            #expect(browser.get("/api/v1/posts/").status == 401)
            let answer = blog.api(as: john).get("/posts/")
            #expect(answer.status == 200 && answer.headers["Set-Cookie"] == nil)
        }
    }

    @Test("a call does not change when somebody was last seen")
    func lastSeen() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            try blog.database.execute("UPDATE users SET last_seen = '2020-01-02 03:04:05'")
            #expect(blog.api(as: john).get("/users/\(john.id)").status == 200)
            #expect(blog.api(as: john).post("/posts/", ["body": "x"]).status == 201)
            let seen = try User.find(john.id, in: blog.database)?.lastSeen.iso8601
            #expect(seen?.hasPrefix("2020-01-02T03:04:05") == true)
        }
    }

    @Test("a call that changes something needs no CSRF token")
    func csrf() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john")
            #expect(blog.api(as: john).post("/posts/", ["body": "x"]).status == 201)
            #expect(blog.api(as: john).post("/tokens/").status == 200)
        }
    }

    @Test("paths that are not there are 404 to everybody, also numbers that no row can have")
    func unknownPaths() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            for path in [
                "/", "/nothing", "/posts/x", "/posts/-1", "/posts/1/comments/1", "/posts/99999999999999999999",
            ] {
                for client in [blog.anonymousAPI, blog.api(as: john)] {
                    let answer = client.get(path)
                    let body = try answer.json()
                    #expect(answer.status == 404 && body == Problem.notFound, "\(path)")
                }
            }
            for path in ["/posts/2147483648", "/users/2147483648", "/comments/2147483648", "/users/4294967297/posts/"] {
                #expect(blog.api(as: john).get(path).status == 404, "\(path)")
            }
        }
    }

    @Test("a collection without its last slash is 301 to where it is, with its query and without credentials")
    func slashes() throws {
        try Blog.with { blog in
            for path in ["/posts", "/comments", "/posts/1/comments", "/users/1/posts", "/users/1/timeline"] {
                let answer = blog.anonymousAPI.get(path + "?page=2")
                #expect(answer.status == 301 && answer.location == "/api/v1\(path)/?page=2")
            }
            // 301 would make a GET of it.
            #expect(blog.anonymousAPI.post("/tokens").status == 308)
        }
    }
}
