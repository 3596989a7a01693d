import Roost
import RoostTemplates
import Testing

@Suite("Signals")
struct SignalTests {
    final class Recorder { var words: [String] = [] }
    struct Broken: Error {}
    enum Registered: SignalKey { typealias Payload = String }

    @Test("a request sends started, finished and tearing down, in this order")
    func requests() throws {
        let (app, log) = (App("test"), Recorder())
        app.signals.requestStarted.connect { log.words.append("started \($0.path)") }
        app.signals.requestFinished.connect { log.words.append("finished \($0.response.status.code)") }
        app.signals.requestTearingDown.connect { log.words.append("down \($0.error == nil)") }
        try app.get("/") { request in
            log.words.append("view")
            return ""
        }
        _ = app.testClient().get("/")
        #expect(log.words == ["started /", "view", "finished 200", "down true"])
    }

    @Test("a page tells of its template and what was given to it, before and after")
    func templates() throws {
        let (app, log) = (App("test"), Recorder())
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(["hello.html": "Hello, {{ name }}!"])))
        try app.get("/") { request in try request.render("hello.html", ["name": "John"]) }
        app.signals.beforeRenderTemplate.connect { log.words.append("before \($0.template)") }
        app.signals.templateRendered.connect { page in
            log.words.append("\(page.template) \(page.context["name"]?.stringValue ?? "-") \(page.request?.path ?? "-")")
        }
        #expect(app.testClient().get("/").text == "Hello, John!")
        #expect(log.words == ["before hello.html", "hello.html John /"])
    }

    @Test("an unhandled error is told, a handled one is not")
    func exceptions() throws {
        let (app, log) = (App("test"), Recorder())
        app.logger.logLevel = .critical
        app.signals.requestException.connect { log.words.append("\($0.error)") }
        try app.get("/broken") { request -> String in throw Broken() }
        _ = app.testClient().get("/broken")
        _ = app.testClient().get("/missing")
        #expect(log.words == ["Broken()"])
    }

    @Test("what a receiver throws is an error page, and is logged when the request is over already")
    func receiverFails() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.get("/") { request in "fine" }
        let started = app.signals.requestStarted.connect { _ in throw Broken() }
        #expect(app.testClient().get("/").status == 500)
        started.disconnect()
        app.signals.requestTearingDown.connect { _ in throw Broken() }
        #expect(app.testClient().get("/").text == "fine")
        app.signals.requestFinished.connect { _ in throw Broken() }
        #expect(app.testClient().get("/").status == 500)
    }

    @Test("own signals: by key, by sender, until disconnected")
    func own() throws {
        let (app, other, log) = (App("test"), App("other"), Recorder())
        let signal = app.signals[Registered.self]
        #expect(signal.isEmpty)
        let any = signal.connect { log.words.append("any \($0)") }
        signal.connect(from: app) { log.words.append("app \($0)") }
        try app.signals[Registered.self].send("a", from: app)
        try signal.send("b", from: other)
        try signal.send("c")
        any.disconnect()
        try signal.send("d", from: app)
        #expect(log.words == ["any a", "app a", "any b", "any c", "app d"])
    }
}
