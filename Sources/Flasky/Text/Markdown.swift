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
        guard let raw = MarkdownDocument(ClassicMarkdown(text))?.html() else { return asText(text, allowed) }
        guard raw.count(where: { $0 == UInt8(ascii: "<") }) <= mostTags else {
            return asText(text, allowed)
        }
        return HTMLSanitizer.clean(raw, allowed)
    }

    private static func asText(_ text: String, _ allowed: AllowedHTML) -> String {
        allowed.elements.contains("p") ? "<p>\(HTMLEscape.escaped(text))</p>" : HTMLEscape.escaped(text)
    }
}
