internal import CCMark
internal import Glibc

/// Markdown without its marks, for a few lines of a text.
enum PlainText {
    /// Bytes of a text that are looked at: a few lines are cut out of it, and the server reads all to find them.
    private static let longest = 50_000

    /// - Returns: the text on one line; code and link texts stay, addresses of links and tags go.
    static func of(_ markdown: String) -> String {
        let bytes = Array(markdown.utf8.prefix(longest))
        let root = bytes.withUnsafeBytes { raw in
            cmark_parse_document(raw.bindMemory(to: CChar.self).baseAddress, raw.count, CMARK_OPT_DEFAULT)
        }
        guard let root else { return "" }
        defer { cmark_node_free(root) }
        return collected(root)
    }

    /// The texts of all nodes, in order, with blanks between blocks.
    private static func collected(_ root: OpaquePointer) -> String {
        guard let walk = cmark_iter_new(root) else { return "" }
        defer { cmark_iter_free(walk) }
        var text = ""
        while true {
            let event = cmark_iter_next(walk)
            if event == CMARK_EVENT_DONE { return text }
            guard let node = cmark_iter_get_node(walk) else { continue }
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE:
                text += cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
            case CMARK_NODE_CODE_BLOCK: text += (cmark_node_get_literal(node).map { String(cString: $0) } ?? "") + " "
            case CMARK_NODE_HTML_BLOCK:
                text += cmark_node_get_literal(node).map { withoutTags(String(cString: $0)) } ?? ""
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
            case let type where event == CMARK_EVENT_EXIT && isBlock(type): text += " "
            default: break
            }
        }
    }

    /// What stands between the tags. Whoever shows it escapes it: this is for reading, not for safety.
    private static func withoutTags(_ html: String) -> String {
        var text: [UInt8] = []
        var isInside = false
        for byte in html.utf8 {
            switch byte {
            case UInt8(ascii: "<"): isInside = true
            case UInt8(ascii: ">"):
                isInside = false
                text.append(UInt8(ascii: " "))
            default: if !isInside { text.append(byte) }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isBlock(_ type: cmark_node_type) -> Bool {
        [CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_ITEM].contains(type)
    }
}
