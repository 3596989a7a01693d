import Roost
import RoostTemplates
import Testing

@Suite("Flask to Roost, 2: templates")
struct Step2TemplatesTests {
    private let folder: HelloFolder

    init() throws {
        folder = try HelloFolder(
            HelloPages.files.merging(
                ["templates/index.html": #"{% extends "base.html" %}{% block content %}<h1>Hello!</h1>{% endblock %}"#]
            ) { $1 })
    }

    func makeApp(_ settings: Settings, in folder: String) throws -> App {
        let app = App("hello", settings: settings)
        app.useTemplates(in: "\(folder)/templates")
        try app.staticFolder("\(folder)/static")
        try app.get("/") { request in try request.render("index.html") }
        try app.get("/user/<name>") { (request, name: String) in
            try request.render("user.html", ["name": name])
        }
        try app.errorHandler(404) { request, error in try request.render("404.html") }
        try app.errorHandler(500) { request, error in try request.render("500.html") }
        return app
    }

    @Test("a page is its block inside the base, and escapes what it is given")
    func inheritance() throws {
        let client = try makeApp(Settings(), in: folder.path).testClient()
        #expect(client.get("/").text.contains("<title>Hello</title>"))
        let page = client.get("/user/%3Cb%3E").text
        #expect(page.contains("<title>&lt;b&gt;</title>") && page.contains("<h1>Hello, &lt;b&gt;!</h1>"))
    }

    @Test("the address of a static file has its version and is kept for ever")
    func staticFile() throws {
        let client = try makeApp(Settings(), in: folder.path).testClient()
        let words = client.get("/").text.split(separator: "\"")
        let address = try #require(words.first { $0.hasPrefix("/static/hello.css?v=") })
        let file = client.get(String(address))
        #expect(file.text == "h1 { color: teal }\n" && file.contentType == "text/css; charset=utf-8")
        #expect(file.headers["Cache-Control"]?.contains("immutable") == true)
        #expect(client.get("/static/../templates/base.html").status == 404)
    }

    @Test("error pages keep their status")
    func errors() throws {
        struct Broken: Error {}
        let app = try makeApp(Settings(), in: folder.path)
        app.logger.logLevel = .critical
        try app.get("/broken") { request -> String in throw Broken() }
        let client = app.testClient()
        let missing = client.get("/nowhere")
        #expect(missing.status == 404 && missing.text.contains("Nothing is called /nowhere"))
        let broken = client.get("/broken")
        #expect(broken.status == 500 && broken.text.contains("Our mistake"))
        #expect(broken.error is Broken)
    }

    @Test("an endpoint that no route has stops the start")
    func wrongEndpoint() throws {
        let folder = try HelloFolder(["templates/a.html": "{{ url_for('hello.indx') }}"])
        let app = App("hello")
        app.useTemplates(in: "\(folder.path)/templates")
        #expect(throws: TemplateErrors.self) { try app.freeze() }
    }
}
