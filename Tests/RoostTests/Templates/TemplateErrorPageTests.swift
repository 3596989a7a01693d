import Roost
import RoostTemplates
import Testing

@Suite("The page of an error in a template")
struct TemplateErrorPageTests {
    private func response(showsErrors: Bool) throws -> TestResponse {
        let app = App("test")
        app.logger.logLevel = .critical
        app.useTemplates(
            TemplateEnvironment(
                loader: DictionaryLoader([
                    "page.html": "<h1>\n{% include 'part.html' %}", "part.html": "<b>\n{{ user.name.first }}\n</b>",
                ])))
        try app.get("/") { request in try request.render("page.html") }
        app.showsErrors = showsErrors
        return app.testClient().get("/")
    }

    @Test("in development it shows the lines around the error and the way to it")
    func details() throws {
        let page = try response(showsErrors: true)
        #expect(page.status == 500)
        #expect(page.text.contains("part.html:2"))
        #expect(page.text.contains("&#39;user&#39; is undefined"))
        #expect(page.text.contains("1\t&lt;b&gt;\n<mark>2\t{{ user.name.first }}</mark>\n3\t&lt;/b&gt;"))
        #expect(page.text.contains("included by page.html:2"))
    }

    @Test("elsewhere it shows nothing of the template")
    func hidden() throws {
        let page = try response(showsErrors: false)
        #expect(page.status == 500)
        #expect(!page.text.contains("part.html") && !page.text.contains("undefined"))
    }
}
