import RoostTemplates
import Testing

@Suite("Reports of errors")
struct ReportTests {
    private func failure(_ templates: [String: String]) throws -> TemplateError {
        try #require(throws: TemplateError.self) { try rendered(templates) }
    }

    @Test("the report has the lines around the error and the whole way to it")
    func report() throws {
        let error = try failure([
            "main.html":
                "{% extends 'base.html' %}\n{% import 'm.html' as m %}\n{% block body %}\n{{ m.f(1) }}\n{% endblock %}",
            "base.html": "<html>\n{% block body %}{% endblock %}",
            "m.html": "{% macro f(x) %}\n{% include 'part.html' %}\n{% endmacro %}",
            "part.html": "1\n2\n3\n4\n5\n{{ x.y.z }}\n7\n8\n9\n10",
        ])
        #expect(
            error.report == """
                part.html:6: error: 'int object' has no attribute 'y'
                  3 | 3
                  4 | 4
                  5 | 5
                > 6 | {{ x.y.z }}
                    |    ^
                  7 | 7
                  8 | 8
                  9 | 9
                  included by m.html:2
                  called from main.html:4
                  shown from base.html:2
                  extended by main.html:1
                """)
    }

    @Test("an error of syntax has its excerpt too, also in a template that is included")
    func syntax() throws {
        let error = try failure(["main.html": "a\n{% include 'part.html' %}", "part.html": "x\n{% nope %}"])
        #expect(error.excerpt?.text(column: error.column) == "  1 | x\n> 2 | {% nope %}\n    |    ^")
        #expect(error.chain.map(\.text) == ["included by main.html:2"])
    }

    @Test("a template without a loader shows its own source")
    func unnamed() throws {
        let environment = TemplateEnvironment(loader: DictionaryLoader([:]))
        let template = try environment.template(source: "\n{{ x.y }}", name: "mail")
        let error = try #require(throws: TemplateError.self) { try template.render() }
        #expect(error.excerpt?.text() == "  1 | \n> 2 | {{ x.y }}")
    }

    @Test("endless recursion tells the first steps of its way")
    func recursion() throws {
        let error = try failure(["main.html": "{% include 'main.html' %}"])
        #expect(error.chain.count == 12)
    }

    @Test(
        "errors have the column of the tag or expression, in characters",
        arguments: [
            ("ä {{ nope.x }}", 6), ("\n  {% for x in 5 %}{% endfor %}", 6), ("{% if 1 %}é{{ 1 // 0 }}{% endif %}", 15),
            ("a\n\n {{ 1 + }}", 9), ("{{ a ! }}", 6), ("{% nope %}", 4), ("{{ x|nope }}", 4), ("{{ 'a }}", 4),
        ])
    func columns(source: String, column: Int) throws {
        #expect(try failure(["main.html": source]).column == column)
    }

    @Test("long lines are cut")
    func longLines() throws {
        let error = try failure(["main.html": "{{ x.y }}" + String(repeating: "x", count: 1000)])
        #expect(error.excerpt?.lines.first?.text.unicodeScalars.count == 201)
    }
}
