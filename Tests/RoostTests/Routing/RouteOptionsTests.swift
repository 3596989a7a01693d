import Roost
import Testing

@Suite("Hosts, defaults and other options of routes")
struct RouteOptionsTests {
    @Test("routes of a host come before those of any host; variables of the host arrive first")
    func hosts() throws {
        let app = App("test")
        app.serverName = "example.org:8080"
        try app.get("/", endpoint: "home") { request in "any" }
        try app.get("/", endpoint: "api", options: RouteOptions(host: "API.example.org")) { request in "api" }
        try app.get("/user/<int:id>", endpoint: "tenant", options: RouteOptions(subdomain: "<name>")) {
            (request, name: String, id: Int) in "\(name) \(id) \(request.variables["name"] ?? "-")"
        }
        let client = app.testClient()
        #expect(client.get("/").text == "any")
        client.host = "api.EXAMPLE.org:8080"
        #expect(client.get("/").text == "api")
        client.host = "joe.example.org:8080"
        #expect(client.get("/").text == "any")
        #expect(client.get("/user/7").text == "joe 7 joe")
        client.host = "other.net"
        #expect(client.get("/user/7").status == 404)
    }

    @Test("addresses of another host are external, of the same one relative")
    func hostAddresses() throws {
        let app = App("test")
        app.serverName = "example.org:8080"
        try app.get("/u/<int:id>", endpoint: "user", options: RouteOptions(subdomain: "<name>")) {
            (request, name: String, id: Int) in
            try request.urlFor("user", ["name": request.args["to"] ?? name, "id": id + 1])
        }
        let client = app.testClient()
        client.host = "joe.example.org:8080"
        #expect(client.get("/u/1").text == "/u/2")
        #expect(client.get("/u/1?to=ann").text == "http://ann.example.org:8080/u/2")
        #expect(try app.urlFor("user", ["name": "ann", "id": 3], external: true) == "https://ann.example.org/u/3")
        #expect(throws: URLError.self) { try app.urlFor("user", ["name": "a/b", "id": 3]) }
    }

    @Test("a subdomain without the app's name is refused, and host with subdomain")
    func subdomainNeedsName() throws {
        let app = App("test")
        let error = #expect(throws: SetupError.self) {
            try app.get("/", options: RouteOptions(subdomain: "api")) { request in "" }
        }
        #expect(error?.reason.contains("app.serverName") == true)
        app.serverName = "example.org"
        #expect(throws: SetupError.self) {
            try app.get("/", options: RouteOptions(host: "a.b", subdomain: "api")) { request in "" }
        }
        #expect(throws: SetupError.self) { try app.get("/", options: RouteOptions(host: "a/b")) { request in "" } }
        #expect(throws: SetupError.self) {
            try app.get("/", options: RouteOptions(host: "<path:p>.b")) { (request, p: String) in p }
        }
    }

    @Test("defaults: the short address is the only one, and urlFor makes it")
    func defaults() throws {
        let app = App("test")
        try app.get("/posts/", endpoint: "posts", options: RouteOptions(defaults: ["page": 1])) {
            (request, page: Int) in "page \(page)"
        }
        try app.get("/posts/page/<int:page>", endpoint: "posts") { (request, page: Int) in "page \(page)" }
        let client = app.testClient()
        #expect(client.get("/posts/").text == "page 1")
        #expect(client.get("/posts/page/2").text == "page 2")
        let moved = client.get("/posts/page/1?q=a%20b")
        #expect(moved.status == 308 && moved.location == "/posts/?q=a%20b")
        #expect(try app.urlFor("posts") == "/posts/")
        #expect(try app.urlFor("posts", ["page": 1]) == "/posts/")
        #expect(try app.urlFor("posts", ["page": 3, "q": "x"]) == "/posts/page/3?q=x")
        #expect(throws: SetupError.self) {
            try app.get("/x/<int:a>", options: RouteOptions(defaults: ["a": 1])) { (request, a: Int, b: Int) in "" }
        }
        #expect(throws: SetupError.self) {
            try app.get("/y", options: RouteOptions(defaults: ["a": "text"])) { (request, a: Int) in "" }
        }
    }

    @Test("an alias redirects to the endpoint's own address; a redirect route keeps variables and query")
    func aliases() throws {
        let app = App("test")
        try app.get("/old/<int:id>", endpoint: "post", options: RouteOptions(isAlias: true)) { (request, id: Int) in
            "old"
        }
        try app.get("/post/<int:id>", endpoint: "post") { (request, id: Int) in "post \(id)" }
        try app.redirect("/p/<int:id>/<rest>", to: "/post/<id>?from=<rest>")
        try app.redirect("/away", to: "https://example.org/", status: 302)
        let client = app.testClient()
        #expect(client.get("/old/7?a=1").location == "/post/7?a=1")
        #expect(client.get("/old/7", followRedirects: true).text == "post 7")
        #expect(try app.urlFor("post", ["id": 7]) == "/post/7")
        let moved = client.get("/p/7/a%20b?q=1")
        #expect(moved.status == 308 && moved.location == "/post/7?from=a%20b&q=1")
        #expect(client.get("/away").status == 302)
        #expect(throws: SetupError.self) { try App("x").redirect("/p/<id>", to: "/q/<name>") }
    }

    @Test("routes for addresses alone are never answered")
    func buildOnly() throws {
        let app = App("test")
        try app.get("/cdn/<path:file>", endpoint: "cdn", options: RouteOptions(host: "cdn.net", isBuildOnly: true)) {
            (request, file: String) in "never"
        }
        try app.get("/") { request in try request.urlFor("cdn", ["file": "a/b.css"], scheme: "https") }
        #expect(app.testClient().get("/").text == "https://cdn.net/cdn/a/b.css")
        let client = app.testClient()
        client.host = "cdn.net"
        #expect(client.get("/cdn/x").status == 404)
    }

    @Test("a number out of range leaves the address to the next route")
    func ranges() throws {
        let app = App("test")
        try app.get("/n/<int(max=9):n>", endpoint: "digit") { (request, n: Int) in "digit" }
        try app.get("/n/<name>", endpoint: "name") { (request, name: String) in "name" }
        #expect(app.testClient().get("/n/9").text == "digit")
        #expect(app.testClient().get("/n/10").text == "name")
        #expect(throws: SetupError.self) { try App("x").get("/n/<int(mim=3):n>") { (request, n: Int) in "" } }
    }

    @Test("missing and misspelt variables are named, lists become several fields, methods choose")
    func addresses() throws {
        let app = App("test")
        try app.get("/post/<int:id>", endpoint: "post") { (request, id: Int) in "" }
        try app.post("/post/<int:id>", endpoint: "post") { (request, id: Int) in "" }
        let error = #expect(throws: URLError.self) { try app.urlFor("post", ["ids": 1]) }
        #expect(error?.description == "urlFor(\"post\"): the variable \"id\" is missing; did you mean \"ids\"?")
        #expect(try app.urlFor("post", ["id": 1, "tag": ["a", "b c"]]) == "/post/1?tag=a&tag=b+c")
        #expect(try app.urlFor("post", ["id": 1], anchor: "a b\"") == "/post/1#a%20b%22")
        #expect(try app.urlFor("post", ["id": "007"]) == "/post/7")
        let missing: String? = nil
        #expect(try app.urlFor("post", ["id": 1, "q": missing]) == "/post/1")
    }
}
