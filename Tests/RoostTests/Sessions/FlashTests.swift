import Roost
import RoostTemplates
import Testing

@Suite("Flashed messages and sessions in templates")
struct FlashTests {
    private func makeApp(_ templates: [String: String]) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(templates)))
        try app.get("/flash") { request in
            request.flash("Hi <you>")
            request.flash(SafeHTML("<b>bold</b>"), category: "info")
            return "ok"
        }
        try app.get("/show") { request in try request.render("show.html") }
        return app
    }

    @Test("templates show messages once, HTML as it is and text escaped")
    func shown() throws {
        let client = try makeApp([
            "show.html": """
            {% for category, message in get_flashed_messages(with_categories=True) %}{{ category }}:{{ message }};{% endfor %}
            """
        ]).testClient()
        _ = client.get("/flash")
        #expect(client.get("/show").text == "message:Hi &lt;you&gt;;info:<b>bold</b>;")
        #expect(client.get("/show").text == "")
    }

    @Test("a message that is flashed is a signal")
    func signal() throws {
        let app = try makeApp(["show.html": ""])
        let flashed = app.signals.messageFlashed.captured { _ = app.testClient().get("/flash") }
        #expect(
            flashed.map(\.category) == ["message", "info"] && flashed.map(\.message) == ["Hi <you>", "<b>bold</b>"])
    }

    @Test("a filter shows some messages and takes all")
    func filtered() throws {
        let client = try makeApp([
            "show.html": "{{ get_flashed_messages(category_filter=['info'])|length }}"
        ]).testClient()
        _ = client.get("/flash")
        #expect(client.get("/show").text == "1")
        #expect(try client.session { $0.isEmpty })
    }

    @Test("templates read the session by name, index and get")
    func session() throws {
        let client = try makeApp([
            "show.html":
                "{{ session.name }},{{ session['cart'].pens }},{{ session.get('x', 7) }},{{ 'name' in session }}"
        ]).testClient()
        try client.session {
            $0["name"] = "<J>"
            $0["cart"] = ["pens": 3]
        }
        #expect(client.get("/show").text == "&lt;J&gt;,3,7,True")
    }

    @Test("a template that asks for nothing leaves the session alone")
    func untouched() throws {
        let client = try makeApp(["show.html": "plain"]).testClient()
        #expect(client.get("/show").headers["Vary"] == nil)
    }
}
