import RoostTemplates
import Testing

@Suite("Mistakes found before anything is rendered")
struct CheckTests {
    private func findings(_ templates: [String: String]) throws -> TemplateFindings {
        try TemplateEnvironment(loader: DictionaryLoader(templates)).check()
    }

    private func errors(_ templates: [String: String]) throws -> [String] {
        try findings(templates).errors.map(\.description)
    }

    @Test("all mistakes of all templates are told at once, by file and line")
    func together() throws {
        let errors = try errors([
            "a.html": "{% if x %}\n{{ x|uper }}{{ x is defind }}\n{{ x|replace('a') }}{% endif %}",
            "b.html": "{% for x in y %}", "c.html": "\n{% include 'aa.html' %}{% include 'no.html' ignore missing %}",
        ])
        #expect(
            errors == [
                "a.html:2: error: No filter named 'uper'. Did you mean 'upper'?",
                "a.html:2: error: No test named 'defind'. Did you mean 'defined'?",
                "a.html:3: error: replace() missing 1 required positional argument: 'new'",
                "b.html:1: error: Unexpected end of template. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'.",
                "c.html:2: error: template 'aa.html' not found. Did you mean 'a.html'?",
            ])
    }

    private let base = "{% block content %}{% endblock %}{% block title %}{% endblock %}{{ self.menu }}"

    @Test("a block that no parent has is an error when it is a slip, and a warning when it is not")
    func blocks() throws {
        let findings = try findings([
            "base.html": base, "mid.html": "{% extends 'base.html' %}",
            "main.html": "{% extends 'mid.html' %}\n{% block contnet %}{% block inner %}{% endblock %}{% endblock %}\n"
                + "{% block statistics %}{% endblock %}{% block title %}{% endblock %}{% block menu %}{% endblock %}",
        ])
        #expect(
            findings.errors.map(\.description) == [
                "main.html:2: error: No template that 'main.html' extends has a block named 'contnet'. Did you mean 'content'?"
            ])
        #expect(findings.warnings.map(\.line) == [3])
    }

    @Test("blocks under a parent that only the rendering knows are left alone")
    func dynamicParents() throws {
        let sources = ["{% extends layout %}", "{% if x %}{% extends 'base.html' %}{% endif %}"]
        for source in sources {
            #expect(try errors(["base.html": base, "main.html": source + "{% block contnet %}{% endblock %}"]) == [])
        }
    }

    private let forms = """
        {% macro field(name, type='text') %}{% endmacro %}{% macro any() %}{{ varargs }}{{ kwargs }}{% endmacro %}
        {% macro box(title) %}{{ caller() }}{% endmacro %}{% from 'more.html' import deep as deeper %}
        """

    @Test(
        "calls of macros that fail whenever they run are found",
        arguments: [
            (
                "{% macro m(name) %}{% endmacro %}{{ m(nmae=1) }}",
                "macro 'm' takes no keyword argument 'nmae'. Did you mean 'name'?"
            ),
            ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "macro 'm' takes not more than 1 argument(s)"),
            (
                "{% macro m(a) %}{% endmacro %}{% call m(1) %}{% endcall %}",
                "macro 'm' takes no keyword argument 'caller'."
            ),
            (
                "{% import 'forms.html' as f %}{{ f.feild('x') }}",
                "'forms.html' has nothing named 'feild'. Did you mean 'field'?"
            ),
            (
                "{% import 'forms.html' as f %}{{ f.field('x', tpye='y') }}",
                "macro 'field' takes no keyword argument 'tpye'. Did you mean 'type'?"
            ),
            ("{% from 'forms.html' import feild %}", "'forms.html' has nothing named 'feild'. Did you mean 'field'?"),
            (
                "{% from 'forms.html' import field as f %}{{ f(1, 2, 3) }}",
                "macro 'field' takes not more than 2 argument(s)"
            ),
            ("{% from 'forms.html' import deeper %}{{ deeper(x=1) }}", "macro 'deep' takes no keyword argument 'x'."),
            (
                "{% import 'forms.html' as f %}{% block b %}{{ f.field(1, 2, 3) }}{% endblock %}",
                "macro 'field' takes not more than 2 argument(s)"
            ),
        ])
    func macros(source: String, message: String) throws {
        let found = try errors([
            "forms.html": forms, "more.html": "{% macro deep() %}{% endmacro %}", "main.html": "\n" + source,
        ])
        #expect(found == ["main.html:2: error: \(message)"])
    }

    @Test(
        "calls that may be right are left alone",
        arguments: [
            "{% import 'forms.html' as f %}{{ f.field('x', type='y') }}{{ f.any(1, b=2) }}{{ f.field(*args, **more) }}",
            "{% import 'forms.html' as f %}{% call f.box('x') %}{% endcall %}{{ f.nothing is defined }}",
            "{% macro m() %}{% endmacro %}{% for m in x %}{{ m(1) }}{% endfor %}",
            "{% if x %}{% macro m() %}{% endmacro %}{% else %}{% macro m(a) %}{% endmacro %}{% endif %}{{ m(1) }}",
            "{% macro m() %}{% endmacro %}{% set m = x %}{{ m(1) }}{{ nobody(1) }}",
            "{% import name as f %}{{ f.nope(1) }}{% from 'forms.html' import statistics %}",
        ])
    func lenient(source: String) throws {
        #expect(
            try errors(["forms.html": forms, "more.html": "{% macro deep() %}{% endmacro %}", "main.html": source])
                == [])
    }

    @Test("compileAll throws everything that check finds")
    func compileAll() throws {
        let loader = DictionaryLoader(["a.html": "{{ x|uper }}", "b.html": "{% nope %}"])
        let errors = try #require(throws: TemplateErrors.self) { try TemplateEnvironment(loader: loader).compileAll() }
        #expect(errors.errors.map(\.template) == ["a.html", "b.html"])
    }
}
