import Roost
import RoostTemplates
import Testing

@Suite("Templates in an app")
struct RenderTests {
    private func app(_ templates: [String: String]) -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(templates)))
        return app
    }

    @Test("a view renders with its values, the request, context processors and url_for")
    func render() throws {
        let page = """
            {{ name }} {{ site }} {{ request.args.get('q', 'none') }} {{ url_for('.show', id=3, page=2, _anchor='a') }} \
            {{ url_for('.show', id=1, _external=true) }}
            """
        let (app, posts) = (app(["page.html": page]), Blueprint("posts"))
        try app.contextProcessor { request in ["site": "app", "name": "overridden"] }
        try posts.contextProcessor { request in ["site": "posts"] }
        try posts.get("/<int:id>", endpoint: "show") { (request, id: Int) in
            try request.render("page.html", ["name": "<b>", "id": id])
        }
        try app.register(posts, prefix: "/posts")
        let response = app.testClient().get("/posts/1?q=x")
        #expect(response.text == "&lt;b&gt; posts x /posts/3?page=2#a http://localhost/posts/1")
        #expect(response.contentType == "text/html; charset=utf-8")
    }

    @Test(
        "url_for of a template and urlFor of a request make the same address, or fail alike",
        arguments: [
            "/<int:v>", "/<int(signed=true):v>/x", "/<int(min=3, max=10):v>", "/<int(fixed_digits=3):v>", "/<v>", "/ü/<string(length=3):v>",
            "/<path:v>", "/<float:v>", "/<any(x,y):v>", "/<uuid:v>",
        ])
    func sameAddress(_ pattern: String) throws {
        let app = app([:])
        switch pattern {
        case _ where pattern.contains("int"): try app.get(pattern, endpoint: "e") { (_: Request, _: Int) in "" }
        case _ where pattern.contains("float"): try app.get(pattern, endpoint: "e") { (_: Request, _: Double) in "" }
        default: try app.get(pattern, endpoint: "e") { (_: Request, _: String) in "" }
        }
        let numbers = [0, 3, 7, 10, 11, 5000, -1, -20, Int.max, Int.min]
        let texts = ["", "x", "a/b", "jörg", "a b", "007", "-3", "1.5", "/a", "abc", "%", "?q", "9d9c1f1e-0000-4000-8000-00000000000a"]
        app.withRequest { request in
            for number in numbers {
                let own = try? request.urlFor("e", ["v": number])
                let template = try? request.render(source: "{{ url_for('e', v=v)|safe }}", ["v": number])
                #expect(own == template, "\(pattern) with \(number)")
            }
            for text in texts {
                let own = try? request.urlFor("e", ["v": text])
                let template = try? request.render(source: "{{ url_for('e', v=v)|safe }}", ["v": text])
                #expect(own == template, "\(pattern) with \(text)")
            }
        }
    }

    @Test("an address carries the prefix that a trusted proxy took off, and no value may be missing")
    func prefixAndMissing() throws {
        let app = app(["page.html": "{{ url_for('show', id=3) }} {{ url_for('show', id=3, page=none) }}"])
        app.trust.proxies = [try #require(AddressRange("127.0.0.1"))]
        try app.get("/post/<int:id>", endpoint: "show") { (request, id: Int) in try request.render("page.html") }
        let page = app.testClient().get("/post/1", headers: ["X-Forwarded-Prefix": "/blog"])
        #expect(page.text == "/blog/post/3 /blog/post/3")
        app.withRequest { request in
            let error = #expect(throws: TemplateError.self) { try request.render(source: "{{ url_for('show', ids=3) }}") }
            #expect(error?.message.contains("the variable \"id\" is missing") == true)
        }
    }

    @Test("rendering is a span of the trace")
    func span() throws {
        let app = app(["a.html": "x"])
        try app.get("/") { request in
            _ = try request.renderHTML("a.html")
            return request.trace.spans.map(\.name).joined()
        }
        #expect(app.testClient().get("/").text == "a.html")
    }

    @Test("a template that is not valid stops the app at freeze, and is a 500 in a view")
    func invalid() throws {
        let app = app(["bad.html": "{% if %}"])
        try app.get("/") { request in try request.render("bad.html") }
        #expect(throws: TemplateErrors.self) { try app.freeze() }
        #expect(app.testClient().get("/").status == 500)
    }
}
