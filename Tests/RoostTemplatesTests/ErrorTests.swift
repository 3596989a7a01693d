import RoostTemplates
import Testing

@Suite("Errors")
struct ErrorTests {
    private func failure(_ templates: [String: String]) throws -> TemplateError {
        try #require(throws: TemplateError.self) { try rendered(templates) }
    }

    @Test("a misspelt filter names its place and the nearest name")
    func unknownFilter() throws {
        let error = try failure(["main.html": "a\n{{ 'x'|uper }}"])
        #expect(error.description == "main.html:2: error: No filter named 'uper'. Did you mean 'upper'?")
    }

    @Test("a missing template names the nearest one")
    func missingTemplate() throws {
        let error = try failure(["main.html": "\n{% include 'bse.html' %}", "base.html": ""])
        #expect(error.description == "main.html:2: error: template 'bse.html' not found. Did you mean 'base.html'?")
        #expect(error.kind == .templateNotFound)
    }

    @Test("an error in an included template has that template's place")
    func included() throws {
        let error = try failure(["main.html": "{% include 'a.html' %}", "a.html": "\n\n{{ 1 // 0 }}"])
        #expect(error.description.hasPrefix("a.html:3: error: "))
    }

    @Test("compileAll finds a misspelt filter in a branch that never runs")
    func compileAll() throws {
        let loader = DictionaryLoader(["main.html": "{% if false %}\n{{ x|nope }}{% endif %}"])
        let environment = TemplateEnvironment(loader: loader)
        #expect(try environment.template(named: "main.html").render() == "")
        let errors = try #require(throws: TemplateErrors.self) { try environment.compileAll() }
        #expect(errors.errors.map(\.line) == [2])
    }

    @Test("output before an error is taken back")
    func outputIsRestored() throws {
        let environment = TemplateEnvironment(loader: DictionaryLoader(["main.html": "text {{ a.b.c }}"]))
        var output = Array("before".utf8)
        #expect(throws: TemplateError.self) { try environment.template(named: "main.html").render(into: &output) }
        #expect(output == Array("before".utf8))
    }

    @Test("endless recursion is refused")
    func recursion() throws {
        let error = try failure(["main.html": "{% include 'main.html' %}"])
        #expect(error.message.hasPrefix("maximum recursion depth exceeded"))
    }
}
