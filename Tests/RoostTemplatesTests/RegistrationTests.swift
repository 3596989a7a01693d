import RoostMarkup
import RoostTemplates
import Testing

@Suite("Functions of the application")
struct RegistrationTests {
    private func text(_ source: String, _ context: [String: TemplateValue] = [:]) throws -> String {
        try rendered(["main.html": source], context, configure)
    }

    private func configure(_ environment: TemplateEnvironment) {
        environment.addFilter("shout") { (text: String) in text.uppercased() + "!" }
        environment.addFilter("shorten", "length", "end") { (text: String, length: Int, end: String?) in
            String(text.prefix(length)) + (end ?? "…")
        }
        environment.addFilter("bold") { (html: SafeHTML) in SafeHTML("<b>\(html)</b>") }
        environment.addFilter("total") { (numbers: [Double]) in numbers.reduce(0, +) }
        environment.addTest("longerthan", "length") { (text: String, length: Int) in text.count > length }
        environment.addFunction("greet", "name", "polite") { (name: String, polite: Bool?) in
            polite ?? false ? "Good day, \(name)" : "Hi \(name)"
        }
        environment.addFunction("version") { 3 }
    }

    @Test("typed filters, tests and functions take arguments by position and by name")
    func calls() throws {
        #expect(
            try text("{{ 'hi'|shout }} {{ 'abcdef'|shorten(2) }} {{ 'abcdef'|shorten(end='.', length=3) }}")
                == "HI! ab… abc.")
        #expect(
            try text(
                "{{ '<'|bold }} {{ [1, 2.5]|total }} {{ 'abc' is longerthan 2 }} {{ 'abc' is longerthan(length=5) }}")
                == "<b>&lt;</b> 3.5 True False")
        #expect(
            try text("{{ greet('Ada') }} {{ greet(polite=true, name='Ada') }} {{ version() }}")
                == "Hi Ada Good day, Ada 3")
        #expect(try text("{{ ['a', 'b']|map('shout')|join }}") == "A!B!")
    }

    @Test(
        "wrong arguments are errors that name them",
        arguments: [
            ("{{ 'a'|shorten }}", "shorten() missing 1 required positional argument: 'length'"),
            (
                "{{ 'a'|shorten(1, lenght=2) }}",
                "shorten() got an unexpected keyword argument 'lenght'. Did you mean 'length'?"
            ),
            ("{{ 'a'|shorten('x') }}", "shorten() needs Int as 'length', not 'str'"),
            ("{{ [1]|shout }}", "shout() needs String as 'value', not 'list'"),
            ("{{ greet() }}", "greet() missing 1 required positional argument: 'name'"),
            ("{{ version(1) }}", "version() takes at most 0 arguments (1 given)"),
            ("{{ nobody|total }}{{ nobody|shorten(nothing) }}", "'nothing' is undefined"),
        ])
    func wrong(source: String, message: String) throws {
        let error = try #require(throws: TemplateError.self) { try text("\n" + source) }
        #expect(error.message == message)
        #expect(error.line == 2)
    }

    @Test("a misspelt argument of a registered filter is found when the application starts")
    func check() throws {
        let environment = TemplateEnvironment(
            loader: DictionaryLoader(["a.html": "{% if false %}{{ 'a'|shorten(lenght=1) }}{% endif %}"]))
        configure(environment)
        #expect(try environment.check().errors.map(\.line) == [1])
    }

    private struct Post: Encodable {
        struct Author: Encodable {
            var name: String
            var age: UInt8?
        }
        enum State: String, Encodable { case draft, published }
        var title: String
        var author: Author
        var tags: [String]
        var state: State
        var score: Float
        var big: UInt64
    }

    @Test("a Codable value is a dictionary in its members' order")
    func codable() throws {
        let post = Post(
            title: "<t>", author: .init(name: "Ada", age: nil), tags: ["x", "y"], state: .draft, score: 1.5, big: .max)
        let value = try TemplateValue(encoding: [post])
        let source =
            "{% for p in posts %}{{ p.title }} {{ p.author.name }} {{ p.tags|join('/') }} {{ p.state }} {{ p.score }} {{ p.big }} {{ p|list }}{% endfor %}"
        #expect(
            try text(source, ["posts": value])
                == "&lt;t&gt; Ada x/y draft 1.5 18446744073709551615 [&#39;title&#39;, &#39;author&#39;, &#39;tags&#39;, &#39;state&#39;, &#39;score&#39;, &#39;big&#39;]"
        )
    }
}
