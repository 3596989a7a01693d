internal import CCMark
internal import Glibc
internal import RoostMarkup

/// Markdown to HTML that may be stored and shown as it is: cmark-gfm, then a sanitiser, then links for bare addresses.
enum Markdown {
    /// A post: paragraphs, headings, lists, quotations, code.
    static func post(_ text: String) -> String { html(text, .post) }

    /// A comment: one run of text with emphasis, code and links.
    static func comment(_ text: String) -> String { html(text, .comment) }

    /// Tags in one text at most. An HTML5 parser looks through all open elements for each tag, so a text of nothing
    /// but unclosed tags would cost the square of its length.
    private static let mostTags = 10_000

    private static func html(_ text: String, _ allowed: AllowedHTML) -> String {
        let raw = rendered(ClassicMarkdown.adapted(text))
        guard raw.count(where: { $0 == UInt8(ascii: "<") }) <= mostTags else {
            return allowed.elements.contains("p") ? "<p>\(HTMLEscape.escaped(text))</p>" : HTMLEscape.escaped(text)
        }
        return HTMLSanitizer.clean(raw, allowed)
    }

    /// What cmark makes of a text, raw HTML included, without the line feed at its end.
    private static func rendered(_ text: [UInt8]) -> [UInt8] {
        text.withUnsafeBytes { bytes in
            let characters = bytes.bindMemory(to: CChar.self)
            guard let html = cmark_markdown_to_html(characters.baseAddress, characters.count, CMARK_OPT_UNSAFE) else {
                return []
            }
            defer { free(html) }
            let length = strlen(html)
            let end = length > 0 && html[length - 1] == 10 ? length - 1 : length
            return html.withMemoryRebound(to: UInt8.self, capacity: end) { Array(UnsafeBufferPointer(start: $0, count: end)) }
        }
    }
}
