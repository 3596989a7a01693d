import RoostTemplates
import Testing

@Suite("Translated texts")
struct TranslationTests {
    private struct German: TemplateTranslations {
        func text(of message: String, context: String?) -> String {
            switch (message, context) {
            case ("Hello %(user)s!", nil): "Hallo, %(user)s <b>!</b>"
            case ("Open", "door"): "Offen"
            case ("Open", nil): "Öffnen"
            default: message
            }
        }

        func text(of singular: String, plural: String, count: Int, context: String?) -> String {
            singular == "%(count)s item"
                ? count == 1 ? "%(count)s Ding" : "%(count)s Dinge" : count == 1 ? singular : plural
        }
    }

    private func text(
        _ source: String, _ context: [String: TemplateValue] = [:], _ translations: any TemplateTranslations = German()
    ) throws -> String {
        var options = TemplateOptions()
        options.translations = translations
        let environment = TemplateEnvironment(loader: DictionaryLoader(["main.html": source]), options: options)
        return try environment.template(named: "main.html").render(context)
    }

    @Test("a translated block fills its variables in, escaped")
    func block() throws {
        #expect(try text("{% trans %}Hello {{ user }}!{% endtrans %}", ["user": "<i>"]) == "Hallo, &lt;i&gt; <b>!</b>")
        #expect(
            try text("{% trans user=name|upper %}Hello {{ user }}!{% endtrans %}", ["name": "a"]) == "Hallo, A <b>!</b>"
        )
        #expect(try text("{% trans 'door' %}Open{% endtrans %} {% trans %}Open{% endtrans %}") == "Offen Öffnen")
    }

    @Test("the number chooses the form")
    func plural() throws {
        let source = "{% trans count=n %}{{ count }} item{% pluralize %}{{ count }} items{% endtrans %}"
        #expect(try text(source, ["n": 1]) == "1 Ding")
        #expect(try text(source, ["n": 2]) == "2 Dinge")
        #expect(try text("{% trans a=1, n=2 %}{{ a }} x{% pluralize n %}{{ n }} ys{% endtrans %}") == "2 ys")
        #expect(try text("{% trans num=n %}one{% pluralize %}{{ num }} many{% endtrans %}", ["n": 3]) == "3 many")
    }

    @Test("percent signs and line ends of the text survive, and go when it is trimmed")
    func shape() throws {
        #expect(try text("{% trans %}100% {{ x }}\n y{% endtrans %}", ["x": 1]) == "100% 1\n y")
        #expect(try text("{% trans trimmed %}\n  a\n   b {{ x }}\n{% endtrans %}", ["x": 1]) == "a b 1")
    }

    @Test("the functions of gettext translate too")
    func functions() throws {
        #expect(
            try text("{{ _('Open') }} {{ gettext('Hello %(user)s!', user='&') }} {{ pgettext('door', 'Open') }}")
                == "Öffnen Hallo, &amp; <b>!</b> Offen")
        #expect(try text("{{ ngettext('%(num)s a', '%(num)s bs', 4) }}", [:], NoTranslations()) == "4 bs")
    }

    @Test(
        "what cannot be translated is refused with its line",
        arguments: [
            "{% trans %}{{ x.y }}{% endtrans %}", "{% trans %}{% if 1 %}{% endif %}{% endtrans %}", "{% trans %}a",
            "{% trans a=1, a=2 %}{% endtrans %}", "{% trans %}a{% pluralize %}b{% endtrans %}",
            "{% trans a=1 %}{% pluralize b %}{% endtrans %}",
            "{% trans a=1 %}{% pluralize %}{% pluralize %}{% endtrans %}",
        ])
    func refused(source: String) throws {
        let error = try #require(throws: TemplateError.self) { try text("\n" + source) }
        #expect(error.line == 2 && error.kind == .syntax)
    }

    @Test("without translations there is no such tag")
    func absent() {
        #expect(throws: TemplateError.self) { try rendered("{% trans %}a{% endtrans %}") }
    }
}
