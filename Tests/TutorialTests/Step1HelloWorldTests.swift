import Roost
import Testing

@Suite("Flask to Roost, 1: hello world")
struct Step1HelloWorldTests {
    func makeApp(_ settings: Settings) throws -> App {
        let app = App("hello", settings: settings)
        try app.get("/") { request in "<h1>Hello World!</h1>" }
        try app.get("/user/<name>") { (request, name: String) in
            SafeHTML("<h1>Hello, \(name)!</h1>")
        }
        return app
    }

    @Test("two addresses answer, and a name is shown as text")
    func pages() throws {
        let client = try makeApp(Settings()).testClient()
        #expect(client.get("/user/Dave").text == "<h1>Hello, Dave!</h1>")
        #expect(client.get("/").text == "<h1>Hello World!</h1>")
        #expect(client.get("/").contentType == "text/html; charset=utf-8")
        #expect(client.get("/user/%3Cscript%3E").text == "<h1>Hello, &lt;script&gt;!</h1>")
        #expect(client.get("/nowhere").status == 404)
        #expect(client.post("/").status == 405)
    }

    @Test("a view that does not fit its rule is refused when it is registered")
    func mismatch() throws {
        let app = try makeApp(Settings())
        #expect(throws: SetupError.self) {
            try app.get("/post/<int:id>") { (request, id: String) in id }
        }
    }
}
