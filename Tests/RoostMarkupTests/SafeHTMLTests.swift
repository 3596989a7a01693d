import RoostMarkup
import Testing

@Suite("SafeHTML")
struct SafeHTMLTests {
    @Test(
        "the five special characters are escaped wherever they stand",
        arguments: [
            ("", ""), ("plain", "plain"), ("<", "&lt;"), ("a<b>&\"'", "a&lt;b&gt;&amp;&#34;&#39;"),
            ("sixteen bytes of it & then some more <b>", "sixteen bytes of it &amp; then some more &lt;b&gt;"),
            ("é\u{301}<日本", "é\u{301}&lt;日本"),
        ])
    func escaping(text: String, expected: String) {
        #expect(SafeHTML.escaping(text).text == expected)
        #expect(HTMLEscape.isNeeded(for: text) == (text != expected))
    }

    @Test("a special character joined by a combining mark is escaped all the same")
    func combiningMark() {
        #expect(SafeHTML.escaping("<\u{338}script>").text.utf8.starts(with: "&lt;".utf8))
    }

    @Test("every position in a long text is seen")
    func everyPosition() {
        for position in 0..<50 {
            var bytes = [UInt8](repeating: 0x61, count: 50)
            bytes[position] = 0x3C
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(SafeHTML.escaping(text).text == text.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;"))
        }
    }

    @Test("values in a literal are escaped, SafeHTML is not")
    func interpolation() {
        let name = "<Ada>"
        let bold: SafeHTML = "<b>\(name)</b>"
        let page: SafeHTML = "<p>\(bold) \(3)</p>"
        #expect(page.text == "<p><b>&lt;Ada&gt;</b> 3</p>")
    }

    @Test("text that joins HTML is escaped")
    func joining() {
        let text = "<"
        #expect((SafeHTML(trusted: "<b>") + text).text == "<b>&lt;")
        #expect((text + SafeHTML(trusted: "<b>")).text == "&lt;<b>")
    }

    @Test("a character that differs from a special one in one bit stays itself, wherever it stands", arguments: [
        "#", "'", "=", "?", "%", "!", "/", ";",
    ])
    func neighbours(other: String) {
        for special in ["\"", "&", "<", ">", "'"] {
            for length in 0..<20 {
                let text = String(repeating: "x", count: length) + special + other + special + other
                let slow = text.map { Self.entities[$0] ?? String($0) }.joined()
                #expect(SafeHTML.escaping(text).text == slow)
            }
        }
    }

    private static let entities: [Character: String] = [
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&#34;", "'": "&#39;",
    ]
}
