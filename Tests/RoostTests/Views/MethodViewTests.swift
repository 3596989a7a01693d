import Roost
import Testing

private final class Notes {
    var texts = ["first", "second"]
    var made = 0
}

private struct TextView: MethodView {
    let notes: Notes

    init(_ notes: Notes) {
        self.notes = notes
        notes.made += 1
    }

    static var decorators: [ViewDecorator] { [mark("inner"), mark("outer")] }

    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(nil, Self.show)
        methods.put(nil, Self.change)
        methods.delete(nil, Self.remove)
        methods.on("PURGE", nil, Self.purge)
    }

    func show(_ request: Request, id: Int) throws -> String {
        notes.texts.indices.contains(id) ? notes.texts[id] : try abort(404)
    }

    func change(_ request: Request, id: Int) throws -> String {
        notes.texts[id] = try request.form["text"] ?? ""
        return notes.texts[id]
    }

    func remove(_ request: Request, id: Int) throws { notes.texts.remove(at: id) }

    func purge(_ request: Request, id: Int) -> (String, Status) { ("purged \(id)", 202) }

    private static func mark(_ name: String) -> ViewDecorator {
        { view in
            { request in
                var response = try view(request)
                response.headers["X-Order"] = (response.headers["X-Order"].map { $0 + " " } ?? "") + name
                return response
            }
        }
    }
}

private struct Silent: MethodView {
    static func methods(_ methods: inout ViewMethods<Self>) {}
}

private struct Uneven: MethodView {
    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(nil, Self.get)
        methods.post(nil, Self.post)
    }

    func get(_ request: Request, id: Int) -> String { "" }
    func post(_ request: Request) -> String { "" }
}

private struct Doubled: MethodView {
    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(nil, Self.get)
        methods.get(nil, Self.get)
    }

    func get(_ request: Request) -> String { "" }
}

private struct Manifold: MethodView {
    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(nil, Self.show)
        methods.post(nil, Self.create)
        methods.put(nil, Self.change)
    }

    func show(_ request: Request) -> [String: Int] { ["notes": 2] }
    func create(_ request: Request) -> (String, Status) { ("made", 201) }
    func change(_ request: Request) -> any ResponseConvertible { request.args.isEmpty ? "changed" : Status(409) }
}

@Suite("Views that are types")
struct MethodViewTests {
    private func app(_ notes: Notes = Notes()) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.view("/notes/<int:id>", TextView(notes), endpoint: "note")
        return app
    }

    @Test("each method goes to its function, with typed variables")
    func methods() throws {
        let notes = Notes()
        let client = try app(notes).testClient()
        #expect(client.get("/notes/1").text == "second")
        #expect(client.get("/notes/9").status == 404)
        #expect(client.delete("/notes/0").status == 204)
        #expect(notes.texts == ["second"])
        let purged = client.send("PURGE", "/notes/5")
        #expect(purged.status == 202 && purged.text == "purged 5")
    }

    @Test("HEAD is answered by GET, OPTIONS and 405 by the methods of the view")
    func others() throws {
        let client = try app().testClient()
        let head = client.head("/notes/0")
        #expect(head.status == 200 && head.text.isEmpty && head.headers["Content-Length"] == "5")
        let refused = client.post("/notes/0")
        #expect(refused.status == 405 && refused.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PURGE, PUT")
        #expect(client.send(.options, "/notes/0").headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PURGE, PUT")
    }

    @Test("a function returns what a view may: JSON, a body with a status, now this and now that")
    func results() throws {
        let app = App("test")
        try app.view("/", Manifold(), endpoint: "all")
        let client = app.testClient()
        #expect(client.get("/").text == "{\"notes\":2}\n")
        #expect(client.post("/").status == 201)
        #expect(client.send("PUT", "/").text == "changed" && client.send("PUT", "/?x=1").status == 409)
    }

    @Test("decorators wrap all methods, the first one innermost")
    func decorators() throws {
        #expect(try app().testClient().get("/notes/0").headers["X-Order"] == "inner outer")
    }

    @Test("a view is made anew for each request, and has one endpoint")
    func fresh() throws {
        let notes = Notes()
        let app = try app(notes)
        let client = app.testClient()
        #expect(notes.made == 0)
        _ = client.get("/notes/0")
        _ = client.get("/notes/1")
        #expect(notes.made == 2)
        #expect(try app.urlFor("note", ["id": 3]) == "/notes/3")
    }

    @Test("mistakes of a view are refused where it is registered")
    func mistakes() throws {
        let app = App("test")
        func problem(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        #expect(problem { try app.view("/", Silent()) }.contains("answers no method"))
        #expect(problem { try app.view("/<int:id>", Uneven()) }.contains("other variables for POST than for GET"))
        #expect(problem { try app.view("/", Doubled()) }.contains("answers GET twice"))
        #expect(problem { try app.view("/<name>", TextView(Notes())) }.contains("takes an Int"))
        #expect(problem { try app.view("/", Silent()) }.contains("MethodViewTests.swift"))
    }
}
