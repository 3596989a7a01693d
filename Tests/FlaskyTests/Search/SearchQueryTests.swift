import RoostMarkup
import Testing

@testable import Flasky

@Suite("What people type into the search box")
struct SearchQueryTests {
    @Test(
        "words, phrases, words to leave out and alternatives become a tsquery",
        arguments: [
            ("swift server", "'swift' & 'server'"),
            ("\"two words\" -three", "'two words' & !'three'"),
            ("a1 OR b2 c3", "'a1' | 'b2' & 'c3'"),
            ("-\"not this\" that", "!'not this' & 'that'"),
            ("it's back\\slash", "'it''s' & 'back\\\\slash'"),
            ("\"never closed", "'never closed'"),
            ("or", "'or'"), ("swift or", "'swift' & 'or'"), ("or swift", "'or' & 'swift'"), ("a1 or or b2", "'a1' | 'or' & 'b2'"),
            ("a1\"b2\"", "'a1' & 'b2'"), ("--x1", ""), ("été 日本", "'été' & '日本'"),
        ])
    func whole(typed: String, expected: String) {
        #expect(SearchQuery(typed).parts.whole == expected)
    }

    @Test(
        "the last word is also the beginning of one, unless it is one letter, a phrase or left out",
        arguments: [
            ("swift serv", "'swift'", "'serv':*"), ("serv", "", "'serv':*"), ("a1 OR b2 c3", "'b2'", "'c3':*"),
            ("swift s", "", ""), ("swift \"serv\"", "", ""), ("swift -serv", "", ""),
        ])
    func beginning(typed: String, head: String, beginning: String) {
        let parts = SearchQuery(typed).parts
        #expect(parts.head == head && parts.beginning == beginning)
    }

    @Test(
        "what holds no word to be found asks for nothing",
        arguments: ["", "   ", "!!! ??? &|:*", "🙂🙃", "\"\"", "-", "-only -these", "\u{0}\u{1}\n", "\" \" - \"", "'"])
    func empty(typed: String) {
        #expect(SearchQuery(typed).isEmpty)
    }

    @Test("a text of any length is cut, and control characters separate words")
    func cut() {
        #expect(SearchQuery("one\u{0}two\tthree").words == ["one", "two", "three"])
        #expect(SearchQuery(String(repeating: "x", count: 1_000_000)).text.utf8.count == SearchQuery.longest)
    }

    @Test("a correction keeps the rest of what was typed")
    func corrected() {
        let query = SearchQuery("Postgers \"as typed\" -postgers OR swift")
        #expect(query.corrected(["postgers": "postgres"]) == "postgres \"as typed\" -postgers OR swift")
        #expect(query.corrected(["other": "word"]) == nil)
    }

    @Test(
        "a language is a plain name, with a schema if need be",
        arguments: [
            ("english", true), ("public.german_2", true), ("English", false), ("", false), ("a.b.c", false), (".x", false),
            ("x'; DROP TABLE posts", false), ("2x", false), ("simple ", false),
        ])
    func language(name: String, isOne: Bool) {
        #expect((SearchLanguage(name) != nil) == isOne)
    }
}

@Suite("The lines of what is found")
struct SearchHeadlineTests {
    @Test("what people wrote is escaped, only the marks are tags, and every tag is closed")
    func hostile() {
        #expect(SearchHeadlines.html("a \u{2}<b>\u{3} & \"c\"").text == "a <mark>&lt;b&gt;</mark> &amp; &#34;c&#34;")
        #expect(SearchHeadlines.html("\u{3}\u{2}x\u{2}y").text == "<mark>xy</mark>")
        #expect(SearchHeadlines.html("\u{E000}script>").text == "&lt;script&gt;")
    }

    @Test("text cannot bring marks of its own")
    func cleaned() {
        #expect(SearchHeadlines.cleaned("a\u{2}b\u{3}c\u{E000}<d>\u{0}") == "a b c\u{E000}d> ")
        #expect(SearchHeadlines.html(SearchHeadlines.cleaned("\u{2}<mark>\u{3}")).text == " &lt;mark&gt; ")
    }

    @Test("Markdown's marks, addresses and raw tags are no text")
    func plain() {
        let text = PlainText.of("# Title\n\nSome *words* with `Array<Int>` and a [link](http://x.org)\nmore <b>bold</b>")
        #expect(text == "Title Some words with Array<Int> and a link more bold ")
    }
}
