import RoostTemplates
import Testing

@Suite("Limits")
struct LimitTests {
    private func failure(
        _ source: String, _ context: [String: TemplateValue] = [:], _ change: (inout TemplateLimits) -> Void = { _ in }
    ) throws -> TemplateError {
        var options = TemplateOptions()
        change(&options.limits)
        let environment = TemplateEnvironment(loader: DictionaryLoader(["main.html": source]), options: options)
        return try #require(throws: TemplateError.self) {
            try environment.template(named: "main.html").render(context)
        }
    }

    @Test(
        "what nests too deep is refused before it overflows the stack",
        arguments: [
            ("{{ ", "(", "1", ")", " }}"), ("{{ ", "[", "1", "]", " }}"), ("{{ ", "not ", "1", "", " }}"),
            ("{{ ", "-", "1", "", " }}"), ("{{ ", "1 + ", "1", "", " }}"), ("{{ 1", "|abs", "", "", " }}"),
            ("{{ 1", ".real", "", "", " }}"), ("{{ ", "1 if 1 else ", "1", "", " }}"), ("{{ ", "dict(", "", ")", " }}"),
            ("", "{% if 1 %}", "", "{% endif %}", ""), ("", "{% for x in y %}", "", "{% endfor %}", ""),
            ("{% for ", "(", "x", ")", " in y %}{% endfor %}"),
        ])
    func nesting(head: String, open: String, middle: String, close: String, tail: String) throws {
        func source(_ depth: Int) -> String {
            "\n" + head + String(repeating: open, count: depth) + middle + String(repeating: close, count: depth) + tail
        }
        _ = try rendered(source(60), ["y": []])
        for depth in [1000, 100_000] {
            let error = try failure(source(depth))
            #expect(error.message.hasPrefix("maximum recursion depth exceeded"))
            #expect(error.line == 2)
        }
    }

    @Test("a thousand elif are no nesting")
    func manyBranches() throws {
        let source = "{% if 0 %}" + String(repeating: "{% elif 0 %}", count: 2000) + "{% else %}end{% endif %}"
        #expect(try rendered(source) == "end")
    }

    @Test(
        "endless recursion is refused, whichever way it goes",
        arguments: [
            "{% include 'main.html' %}", "{% extends 'main.html' %}", "{% import 'main.html' as m %}",
            "{% from 'main.html' import a with context %}", "{% from 'main.html' import a %}",
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
            "{% block a %}{{ self.a() }}{% endblock %}",
            "{% macro m() %}{{ caller }}{% call m() %}{% endcall %}{% endmacro %}{{ m() }}",
        ])
    func recursion(source: String) throws {
        let error = try failure(source)
        #expect(error.message == "maximum recursion depth exceeded")
        #expect(error.line == 1 && error.template == "main.html")
    }

    @Test("recursion that doubles is stopped by its steps")
    func doubling() throws {
        let source = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}\n{{ m(100) }}"
        let error = try failure(source) { $0.steps = 20_000 }
        #expect(error.message == "the template takes more than 20000 steps")
    }

    @Test("loops are limited in length and in total")
    func loops() throws {
        let long = try failure("\n{% for x in range(2000) %}{% endfor %}") { $0.elements = 1000 }
        #expect(long.description == "main.html:2: error: a sequence of more than 1000 elements is too long")
        let nested = try failure("{% for x in range(900) %}{% for y in range(900) %}{% endfor %}{% endfor %}") {
            $0.steps = 10_000
        }
        #expect(nested.message.contains("10000 steps"))
    }

    @Test(
        "output is limited, captured output too",
        arguments: ["{{ t }}", "{% set x %}{{ t }}{% endset %}", "{{ t ~ t }}"])
    func output(part: String) throws {
        let source = "{% for i in range(1000) %}\n\(part){% endfor %}"
        let error = try failure(source, ["t": .string(String(repeating: "x", count: 100_000))]) {
            $0.outputBytes = 50_000
        }
        #expect(error.message == "the output is longer than 50000 bytes")
    }

    @Test(
        "values cannot be made larger than the limits",
        arguments: [
            "{{ 'x' * 100000000000 }}", "{{ [1] * 100000000000 }}", "{{ ('x' * 100000)|replace('x', 'y' * 100000) }}",
            "{{ ('x' * 100000)|replace('', 'y' * 100000) }}", "{{ ('y' * 100000).join('x' * 100000) }}",
            "{% set n = namespace(t='x') %}{% for i in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}",
            "{% set n = namespace(t=[1]) %}{% for i in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}",
            "{% set l = [1] %}{% for i in range(60) %}{% set x = l.extend(l) %}{% endfor %}",
            "{% set n = namespace(t=[1]) %}{% for i in range(40) %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.t }}",
            "{{ 'x'|center(10 ** 12) }}", "{{ '{:100000}{:9999999}'.format(1, 2) }}", "{{ range(10 ** 12)|list }}",
            "{{ 2 ** 10000000000 }}", "{{ 10 ** 4300 }}",
        ])
    func sizes(source: String) throws {
        let error = try failure(source)
        #expect(error.line == 1)
        #expect(
            error.message.contains("too l") || error.message.contains("limit") || error.message.contains("Too many"))
    }

    @Test("numbers at the ends of Int do not overflow")
    func ends() throws {
        let (low, high) = ("(-9223372036854775807 - 1)", "9223372036854775807")
        #expect(try rendered("{{ range(\(low), \(high))|length }} {{ range(0, 9, \(high))|list }}") == "\(high) [0]")
        #expect(try rendered("{{ 'abc'[::\(high)] }}{{ 'abc'[::\(low)] }}{{ 'abc'[\(low):\(high)] }}") == "acabc")
        #expect(
            try rendered("{{ \(low) // -1 }} {{ \(low)|abs }} {{ -\(low) }} {{ \(low) % -1 }}")
                == "9223372036854775808 9223372036854775808 9223372036854775808 0")
        #expect(
            try rendered("{{ 'a b'|truncate(\(high)) }} {{ 'a'|center(\(low)) }} {{ 'a b'|wordwrap(\(high)) }}")
                == "a b a a b")
    }

    @Test("a list inside itself prints as Python prints it, and is an error where Python has one")
    func cycles() throws {
        let setup = "{% set l = [1] %}{% set x = l.append(l) %}{% set k = [1] %}{% set x = k.append(k) %}\n"
        #expect(try rendered(setup + "{{ l }} {{ {'a': l} }}") == "\n[1, [...]] {&#39;a&#39;: [1, [...]]}")
        for use in ["{{ l|tojson }}", "{{ l == k }}", "{{ l < k }}", "{{ k in [l] }}"] {
            #expect(try failure(setup + use).line == 2)
        }
    }

    @Test("a value that nests a hundred thousand levels is let go without harm")
    func deepValues() throws {
        for step in ["[n.t]", "(n.t,)", "{'k': n.t}"] {
            let source = "{% set n = namespace(t=1) %}{% for i in range(100000) %}{% set n.t = \(step) %}{% endfor %}x"
            #expect(try rendered(source) == "x")
            let error = try failure(source + "{{ n.t }}")
            #expect(error.message.hasPrefix("maximum recursion depth exceeded"))
        }
    }
}
