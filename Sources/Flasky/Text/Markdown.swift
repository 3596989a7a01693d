internal import CCMark
internal import Glibc

/// Markdown to HTML through cmark-gfm, in its safe mode: raw HTML is left out and links of dangerous schemes are emptied.
enum Markdown {
    /// - Parameter text: what somebody typed.
    /// - Returns: HTML that may be stored and shown as it is.
    static func html(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let html = cmark_markdown_to_html(characters.baseAddress, characters.count, CMARK_OPT_DEFAULT) else {
                    return ""
                }
                defer { free(html) }
                return String(cString: html)
            }
        }
    }
}
