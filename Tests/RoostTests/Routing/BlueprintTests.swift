import Glibc
import Roost
import RoostTemplates
import Testing

@Suite("What a blueprint brings")
struct BlueprintTests {
    final class Recorder { var words: [String] = [] }

    @Test("app-wide hooks and handlers apply to every request, its own to its own")
    func appWide() throws {
        let (app, blueprint, log) = (App("test"), Blueprint("b"), Recorder())
        try blueprint.appWide.beforeRequest { request in log.words.append("app-wide") }
        try blueprint.beforeRequest { request in log.words.append("own") }
        try blueprint.appWide.errorHandler(404) { request, error in "nowhere" }
        try blueprint.get("/b") { request in "" }
        try app.get("/") { request in "" }
        try app.register(blueprint)
        #expect(throws: SetupError.self) { try blueprint.appWide.beforeRequest { request in } }
        let client = app.testClient()
        _ = client.get("/")
        _ = client.get("/b")
        #expect(client.get("/none").text == "nowhere")
        #expect(log.words == ["app-wide", "app-wide", "own", "app-wide"])
    }

    @Test("hooks after the view and at the end, and values for templates, are its own or everybody's")
    func ownAndAppWide() throws {
        let (app, shop, log) = (App("test"), Blueprint("shop"), Recorder())
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(["page.html": "{{ own }}{{ all }}"])))
        try shop.afterRequest { request, response in log.words.append("own after") }
        try shop.appWide.afterRequest { request, response in log.words.append("all after") }
        try shop.teardownRequest { request, error in log.words.append("own end") }
        try shop.appWide.teardownRequest { request, error in log.words.append("all end") }
        try shop.contextProcessor { request in ["own": "shop "] }
        try shop.appWide.contextProcessor { request in ["all": "everywhere"] }
        try shop.get("/shop") { request in try request.render("page.html") }
        try app.get("/") { request in try request.render("page.html") }
        try app.register(shop)
        let client = app.testClient()
        #expect(client.get("/shop").text == "shop everywhere")
        #expect(log.words == ["own after", "all after", "own end", "all end"])
        log.words = []
        #expect(client.get("/").text == "everywhere")
        #expect(log.words == ["all after", "all end"])
    }

    @Test("a subdomain holds for nested blueprints too")
    func subdomain() throws {
        let (app, outer, inner) = (App("test"), Blueprint("outer", subdomain: "api"), Blueprint("inner"))
        app.serverName = "example.org"
        try inner.get("/x") { request in "inner \(request.host)" }
        try outer.register(inner, prefix: "/in")
        try app.register(outer)
        let client = app.testClient()
        #expect(client.get("/in/x").status == 404)
        client.host = "api.example.org"
        #expect(client.get("/in/x").text == "inner api.example.org")
    }

    @Test("own templates are found behind the app's, own files below the prefix")
    func folders() throws {
        let folder = "/tmp/roost-blueprint-\(getpid())"
        mkdir(folder, 0o755)
        defer {
            for name in ["/a.html", "/b.html", "/x.css"] { unlink(folder + name) }
            rmdir(folder)
        }
        for (name, text) in [
            ("a.html", "theirs"), ("b.html", "{{ 'b'|twice }} {{ url_for('shop.static', filename='x.css', v=none) }}"),
            ("x.css", "css"),
        ] {
            try UploadedFile(name: "", filename: "", bytes: Array(text.utf8)).save(to: folder + "/" + name)
        }
        let (app, shop) = (App("test"), Blueprint("shop", templates: folder, staticFolder: folder))
        app.versionsStaticFiles = false
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(["a.html": "ours"])))
        try shop.templateFilter("twice") { value, call in .string((value.stringValue ?? "") + (value.stringValue ?? ""))
        }
        try shop.get("/a") { request in try request.render("a.html") }
        try shop.get("/b") { request in try request.render("b.html") }
        try app.register(shop, prefix: "/shop")
        try app.freeze()
        let client = app.testClient()
        #expect(client.get("/shop/a").text == "ours")
        #expect(client.get("/shop/b").text == "bb /shop/static/x.css")
        #expect(client.get("/shop/static/x.css").text == "css")
        #expect(throws: SetupError.self) { try app.templateGlobal("late", "x") }
    }

    @Test("names for templates may come before the templates themselves")
    func templateNames() throws {
        let app = App("test")
        try app.templateGlobal("version", "1.2")
        try app.templateGlobal("add") { call in .int((call[0]?.intValue ?? 0) + 1) }
        try app.templateTest("odd_one") { value, call in (value.intValue ?? 0) % 2 == 1 }
        app.useTemplates(
            TemplateEnvironment(loader: DictionaryLoader(["a.html": "{{ version }} {{ add(1) }} {{ 3 is odd_one }}"])))
        try app.get("/") { request in try request.render("a.html") }
        #expect(app.testClient().get("/").text == "1.2 2 True")
    }

    @Test("what waits for the first request runs once, and again when it failed")
    func firstRequest() throws {
        let (app, log) = (App("test"), Recorder())
        app.logger.logLevel = .critical
        struct NotYet: Error {}
        try app.beforeFirstRequest { request in
            log.words.append("first")
            if log.words.count == 1 { throw NotYet() }
        }
        try app.get("/") { request in "fine" }
        let client = app.testClient()
        #expect(client.get("/").status == 500)
        #expect(client.get("/").text == "fine")
        #expect(client.get("/").text == "fine")
        #expect(log.words == ["first", "first"])
    }
}
