import RoostMarkup
import RoostTemplates
import Testing

/// Renders `main.html` of these templates.
func rendered(
    _ templates: [String: String], _ context: [String: TemplateValue] = [:],
    _ configure: (TemplateEnvironment) -> Void = { _ in }
) throws -> String {
    let environment = TemplateEnvironment(loader: DictionaryLoader(templates))
    configure(environment)
    return try environment.template(named: "main.html").render(context)
}

func rendered(_ source: String, _ context: [String: TemplateValue] = [:]) throws -> String {
    try rendered(["main.html": source], context)
}

struct User: TemplateObject {
    var id: Int
    var username: String

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "id": .int(id)
        case "username": .string(username)
        default: nil
        }
    }
}

@Suite("Rendering")
struct RenderingTests {
    @Test("a member of a Swift value is printed escaped")
    func members() throws {
        let user = User(id: 3, username: "<ada>")
        #expect(
            try rendered("{{ user.username }} {{ user['id'] }} {{ user.nope }}|", ["user": user.templateValue])
                == "&lt;ada&gt; 3 |")
    }

    @Test("a function gets positional and keyword arguments")
    func functions() throws {
        let text = try rendered(["main.html": "<a href=\"{{ url_for('user', name=u) }}\">"], ["u": "x"]) {
            environment in
            environment.global("url_for") { call in
                .string("/\(try call[0]?.text() ?? "")?\(call.keywords[0].name)=\(try call["name"]?.text() ?? "")")
            }
        }
        #expect(text == "<a href=\"/user?name=x\">")
    }

    @Test("SafeHTML is not escaped, text in a .txt template neither")
    func autoescape() throws {
        let context: [String: TemplateValue] = ["html": .safe(SafeHTML(trusted: "<b>")), "text": "<i>"]
        #expect(try rendered("{{ html }}{{ text }}", context) == "<b>&lt;i&gt;")
        #expect(try rendered(["main.html": "{% include 'a.txt' %}", "a.txt": "{{ text }}"], context) == "<i>")
    }

    @Test("own filters and tests are used by name")
    func registration() throws {
        let text = try rendered(["main.html": "{{ 3|double }} {{ 4 is small }}"]) { environment in
            environment.filter("double") { value, _ in .int((value.intValue ?? 0) * 2) }
            environment.test("small") { value, _ in (value.intValue ?? 0) < 5 }
        }
        #expect(text == "6 True")
    }

    @Test(
        "statements render as Jinja renders them",
        arguments: [
            ("{% for x in [1,2,3] %}{{ loop.index }}{{ ',' if not loop.last }}{% endfor %}", "1,2,3"),
            ("{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% else %}none{% endfor %}", "a=1"),
            ("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{{ x }}{% endfor %}{{ x }}", "21"),
            ("{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=2) }}", "1&lt;12"),
            (
                "{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
                "6"
            ),
            ("{% if a %}1{% elif true %}2{% else %}3{% endif %}", "2"),
            ("a {%- if true -%} b {%- endif %}", "ab"),
            ("{% raw %}{{ x }}{% endraw %}{# no #}", "{{ x }}"),
            ("{{ 7 // 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 7 / 2 }} {{ 1e16 }}", "3 2 1024 3.5 1e+16"),
        ])
    func statements(source: String, expected: String) throws {
        #expect(try rendered(source) == expected)
    }

    @Test("blocks override through two levels, super() reaches up")
    func inheritance() throws {
        let text = try rendered([
            "main.html": "{% extends 'mid.html' %}{% block a %}main {{ super() }}{% endblock %}",
            "mid.html": "{% extends 'base.html' %}{% block a %}mid {{ super() }}{% endblock %}",
            "base.html": "<{% block a %}base{% endblock %}>",
        ])
        #expect(text == "<main mid base>")
    }
}
