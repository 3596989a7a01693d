import Roost
import Testing

@Suite("Hooks and error handlers")
struct HookTests {
    final class Recorder { var words: [String] = [] }
    struct Broken: Error {}

    @Test("hooks run from the outside in, and back out")
    func order() throws {
        let (app, blueprint, log) = (App("test"), Blueprint("b"), Recorder())
        try app.beforeRequest { request in log.words.append("before app") }
        try blueprint.beforeRequest { request in log.words.append("before b") }
        try app.afterRequest { request, response in log.words.append("after app") }
        try blueprint.afterRequest { request, response in
            log.words.append("after b")
            response.headers["X-Blueprint"] = "b"
        }
        try app.teardownRequest { request, error in log.words.append("teardown app") }
        try blueprint.teardownRequest { request, error in log.words.append("teardown b") }
        try blueprint.get("/") { request in "" }
        try app.register(blueprint)
        try app.afterResponse { exchange in log.words.append("done \(exchange.bytesWritten)") }
        let response = app.testClient().get("/")
        #expect(response.headers["X-Blueprint"] == "b")
        #expect(
            log.words == [
                "before app", "before b", "after b", "after app", "teardown b", "teardown app", "done 0",
            ])
    }

    @Test("a before hook may answer; the view does not run")
    func answer() throws {
        let app = App("test")
        try app.beforeRequest { request in
            if request.path == "/closed" { return redirect(to: "/login") }
            return nil
        }
        try app.get("/closed") { request in "secret" }
        try app.get("/login") { request in "log in" }
        #expect(app.testClient().get("/closed").location == "/login")
        #expect(app.testClient().get("/closed", followRedirects: true).text == "log in")
    }

    @Test("error handlers: the blueprint's before the app's, by status and by type")
    func handlers() throws {
        let (app, api) = (App("test"), Blueprint("api"))
        try app.errorHandler(404) { request, error in "no such page" }
        try api.errorHandler(404) { request, error in JSON(["error": "not found"]) }
        try app.errorHandler(for: Broken.self) { request, error in Response.text("mended", status: 418) }
        try api.get("/missing") { request in
            let found: String? = nil
            return try found ?? abort(404)
        }
        try app.get("/missing", endpoint: "gone") { request in
            if request.path.isEmpty { return "never" }
            try abort(404)
        }
        try app.get("/broken") { request -> String in throw Broken() }
        try app.register(api, prefix: "/api")
        let client = app.testClient()
        #expect(client.get("/api/missing").contentType == "application/json")
        #expect(client.get("/api/missing").status == 404)
        #expect(client.get("/missing").text == "no such page")
        #expect(client.get("/nowhere").text == "no such page")
        #expect(client.get("/broken").status == 418)
        #expect(client.get("/broken").error is Broken)
    }

    @Test("an unhandled error is a 500 page with the request's id, JSON for who prefers it, and tells nothing else")
    func unhandled() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.get("/broken") { request -> String in throw Broken() }
        let client = app.testClient()
        let page = client.get("/broken", headers: ["X-Request-ID": "no"])
        #expect(page.status == 500)
        #expect(page.text.contains("Request ") && !page.text.contains("Broken"))
        let json = client.get("/broken", headers: ["Accept": "application/json, text/html;q=0.5"])
        #expect(try json.json()["status"] == 500)
    }

    @Test("an after hook that fails turns the response into an error page")
    func afterFails() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.afterRequest { request, response in throw Broken() }
        try app.get("/") { request in "fine" }
        #expect(app.testClient().get("/").status == 500)
    }

    @Test("storage keeps typed values with a request")
    func storage() throws {
        enum Visits: StorageKey { typealias Value = Int }
        let app = App("test")
        try app.beforeRequest { request in request.storage[Visits.self] = 41 }
        try app.get("/") { request in "\((request.storage[Visits.self] ?? 0) + 1)" }
        #expect(app.testClient().get("/").text == "42")
    }
}
