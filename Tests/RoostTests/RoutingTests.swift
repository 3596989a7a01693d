import Roost
import Testing

@Suite("Routes of an app")
struct RoutingTests {
    @Test("path variables arrive typed, and views return text, JSON, a status, both, or nothing")
    func views() throws {
        let app = App("test")
        try app.get("/") { request in "home of \(request.host)" }
        try app.get("/user/<username>") { (request, username: String) in "Hello, \(username)!" }
        try app.get("/post/<int:id>", endpoint: "post") { (request: Request, id: Int) in
            let next = id + 1
            return "post \(next)"
        }
        try app.get("/gone") { request in ("gone", 410) }
        try app.post("/nothing") { request in _ = try request.form }
        try app.get("/json") { request in JSON(["a": 1, "b": [true, nil]]) }
        try app.get("/two/<int:a>/<float:b>") { (request, a: Int, b: Double) in "\(Double(a) + b)" }
        let client = app.testClient()
        #expect(client.get("/").text == "home of localhost")
        #expect(client.get("/user/j%C3%B6rg").text == "Hello, jörg!")
        #expect(client.get("/post/7").text == "post 8")
        #expect(client.get("/gone").status == 410)
        #expect(client.post("/nothing").status == 204)
        #expect(client.get("/json").text == #"{"a":1,"b":[true,null]}"# + "\n")
        #expect(client.get("/two/1/2.5").text == "3.5")
        #expect(client.get("/post/x").status == 404)
    }

    @Test("a view whose arguments are not what the pattern makes is refused, with its place")
    func mismatch() throws {
        let app = App("test")
        let error = #expect(throws: SetupError.self) {
            try app.get("/post/<int:id>") { (request, id: String) in id }
        }
        #expect(error?.description.contains("RoutingTests.swift:") == true)
        #expect(error?.reason == "the variable <id> of \"/post/<int:id>\" is an Int, and its view takes a String")
        #expect(throws: SetupError.self) { try app.get("/post/<int:id>") { request in "" } }
        #expect(throws: SetupError.self) { try app.get("/x/<a>") { (request, a: String, b: String) in a + b } }
        #expect(throws: SetupError.self) { try app.get("/x/<imt:a>") { (request, a: Int) in "" } }
    }

    @Test("a duplicate or shadowed route is refused, naming the other's place")
    func duplicates() throws {
        let app = App("test")
        try app.get("/u/<name>") { (request, name: String) in name }
        let error = #expect(throws: SetupError.self) {
            try app.get("/u/<other>", endpoint: "again") { (request, other: String) in other }
        }
        #expect(error?.reason.contains("RoutingTests.swift:") == true)
        #expect(throws: SetupError.self) { try app.get("/u/<uuid:x>", endpoint: "id") { (request, x: String) in x } }
        #expect(throws: SetupError.self) { try app.get("/v", endpoint: "u") { request in "" } }
        try app.post("/u/<name>") { (request, name: String) in name }
        try app.get("/u/<int:x>", endpoint: "number") { (request, x: Int) in "\(x)" }
        #expect(app.testClient().get("/u/12").text == "12")
    }

    @Test("registration after serving has begun says what to do")
    func frozen() throws {
        let app = App("test")
        try app.freeze()
        let error = #expect(throws: SetupError.self) { try app.get("/about") { request in "" } }
        #expect(error?.reason.contains("before app.freeze()") == true)
        #expect(throws: SetupError.self) { try app.beforeRequest { request in } }
    }

    @Test("blueprints nest: prefixes join, endpoints are dotted, relative ones stay inside")
    func blueprints() throws {
        let (admin, users) = (Blueprint("admin"), Blueprint("users"))
        try users.get("/<int:id>", endpoint: "show") { (request, id: Int) in
            try request.urlFor(".show", ["id": id + 1, "q": "a b&c"], anchor: "top")
        }
        try users.get("/where", endpoint: "place") { request in "\(request.blueprint ?? "-") \(request.endpoint ?? "-")"
        }
        try admin.register(users, prefix: "/users")
        let app = App("test")
        try app.register(admin, prefix: "/admin")
        let client = app.testClient()
        #expect(client.get("/admin/users/1").text == "/admin/users/2?q=a+b%26c#top")
        #expect(client.get("/admin/users/where").text == "admin.users admin.users.place")
        #expect(throws: SetupError.self) { try users.get("/late") { request in "" } }
        #expect(throws: SetupError.self) { try App("x").register(Blueprint("a.b")) }
    }

    @Test("an unknown endpoint names the nearest; a missing or impossible variable is named")
    func urlErrors() throws {
        let app = App("test")
        try app.get("/post/<int:id>", endpoint: "post") { (request, id: Int) in "" }
        func message(_ endpoint: String, _ values: KeyValuePairs<String, any URLValue> = [:]) -> String? {
            #expect(throws: URLError.self) { try app.urlFor(endpoint, values) }?.description
        }
        #expect(message("posts") == "there is no endpoint \"posts\"; did you mean \"post\"?")
        #expect(message("post") == "urlFor(\"post\"): the variable \"id\" is missing")
        #expect(message("post", ["id": "x"])?.contains("cannot be \"x\"") == true)
        #expect(throws: URLError.self) { try app.urlFor("post", ["id": 1], external: true) }
        app.externalBase = "https://example.org"
        #expect(try app.urlFor("post", ["id": 1], external: true) == "https://example.org/post/1")
    }

    @Test("a custom converter parses and builds")
    func converter() throws {
        let app = App("test")
        app.converters.add("tags", Tags.self)
        try app.get("/tag/<tags:names>", endpoint: "tag") { (request, tags: Tags) in tags.names.joined(separator: "|") }
        #expect(app.testClient().get("/tag/a+b").text == "a|b")
        #expect(app.testClient().get("/tag/+").status == 404)
        #expect(try app.urlFor("tag", ["names": "x+y"]) == "/tag/x+y")
    }

    struct Tags: PathVariable {
        let names: [String]
        init?(pathText: String) {
            names = pathText.split(separator: "+").map(String.init)
            if names.isEmpty { return nil }
        }
        var pathText: String { names.joined(separator: "+") }
    }
}
