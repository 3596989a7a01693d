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
