import Roost
import RoostTemplates
import Testing

@Suite("Templates when the app starts")
struct TemplateCheckTests {
    private func app(_ templates: [String: String]) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(templates)))
        try app.get("/user/<username>", endpoint: "user") { (request, username: String) in username }
        let main = Blueprint("main")
        try main.get("/", endpoint: "index") { request in "home" }
        try app.register(main)
        return app
    }

    @Test("misspelt endpoints, and addresses without a variable, stop the app with their place")
    func endpoints() throws {
        let app = try app([
            "a.html": "{{ url_for('main.index', page=2) }}{{ url_for('.index') }}\n{{ url_for('main.idnex') }}",
            "b.html":
                "{% if false %}\n{{ url_for('user', name='x') }}{% endif %}{{ url_for('user', **values) }}{{ url_for(where) }}",
            "c.html": "{{ url_for('.indx') }}",
        ])
        let errors = try #require(throws: TemplateErrors.self) { try app.freeze() }
        #expect(
            errors.description == """
                a.html:2: error: No endpoint named 'main.idnex'. Did you mean 'main.index'?
                b.html:2: error: url_for('user') needs 'username' for /user/<username>.
                c.html:1: error: No endpoint named '.indx'. Did you mean '.index'?
                """)
    }

    @Test("templates without a mistake let the app start")
    func valid() throws {
        let app = try app(["a.html": "{{ url_for('user', username='x') }}{{ url_for('.index') }}"])
        try app.freeze()
        #expect(try app.templateFindings().warnings.isEmpty)
    }
}
