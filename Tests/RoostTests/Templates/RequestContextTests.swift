import Roost
import RoostTemplates
import Testing

@Suite("Work outside a request")
struct RequestContextTests {
    private func makeApp() throws -> App {
        let app = App("hello")
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(["page.html": "{{ name }}"])))
        try app.get("/user/<name>", endpoint: "user") { (_: Request, name: String) in name }
        try app.contextProcessor { request in ["where": request.path] }
        return app
    }

    @Test("a request that nobody sent has an address, urlFor and the app's context, and no hook runs for it")
    func context() throws {
        let app = try makeApp()
        var hooks = 0
        try app.beforeRequest { _ in
            hooks += 1
            return nil as Response?
        }
        let made = try app.withRequest("/some/where?a=1") { request in
            (request.path, request.query["a"], try request.urlFor("user", ["name": "john"], external: true))
        }
        #expect(made.0 == "/some/where" && made.1 == "1" && made.2 == "http://localhost/user/john")
        #expect(hooks == 0)
    }

    @Test("one inside another gives way to the outer one again")
    func nested() throws {
        let app = try makeApp()
        let text = try app.withRequest("/outer") { outer in
            _ = try app.withRequest("/inner") { try $0.render(source: "{{ url_for('user', name='x') }}") }
            return try outer.render(source: "{{ where }} {{ url_for('user', name='y') }}")
        }
        #expect(text == "/outer /user/y")
    }

    @Test("a template given as text is escaped by its name, and its errors name it")
    func source() throws {
        let app = try makeApp()
        try app.withRequest { request in
            let page = try request.render(source: "{{ a }} {% include 'page.html' %}", ["a": "<b>", "name": "<i>"])
            #expect(page == "&lt;b&gt; &lt;i&gt;")
            let plain = try request.render(source: "{{ a }}", name: "note.txt", ["a": "<b>"])
            #expect(plain == "<b>")
            let error = #expect(throws: TemplateError.self) { try request.render(source: "\n{{ 1 +", name: "note.txt") }
            #expect(error?.template == "note.txt" && error?.line == 2)
        }
    }

    @Test("the values for a shell are kept in order and made only when asked for")
    func shellValues() throws {
        let app = try makeApp()
        var made = 0
        app.shellValue("one", "a number") { _ in
            made += 1
            return 1
        }
        app.shellValue("two", "another") { _ in 2 }
        #expect(app.shellValues.map(\.name) == ["one", "two"] && app.shellValues.map(\.summary) == ["a number", "another"])
        #expect(made == 0)
    }
}
