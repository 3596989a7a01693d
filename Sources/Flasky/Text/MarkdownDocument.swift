internal import CCMark
internal import Glibc

/// A text as cmark reads it: a tree of blocks and of what stands in them.
struct MarkdownDocument: ~Copyable {
    private let root: OpaquePointer

    /// nil only when there is no memory left.
    init?(_ markdown: ClassicMarkdown) {
        let parsed = markdown.bytes.withUnsafeBytes { bytes in
            cmark_parse_document(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, CMARK_OPT_UNSAFE)
        }
        guard let parsed else { return nil }
        root = parsed
        if markdown.isMarked { removeMarks() }
    }

    deinit { cmark_node_free(root) }

    /// HTML with the raw HTML of the text, without the line feed at its end.
    func html() -> [UInt8] {
        guard let html = cmark_render_html(root, CMARK_OPT_UNSAFE, nil) else { return [] }
        defer { free(html) }
        let length = strlen(html)
        let end = length > 0 && html[length - 1] == 10 ? length - 1 : length
        return html.withMemoryRebound(to: UInt8.self, capacity: end) {
            Array(UnsafeBufferPointer(start: $0, count: end))
        }
    }

    // MARK: Marks

    private func removeMarks() {
        guard let nodes = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(nodes) }
        while true {
            let event = cmark_iter_next(nodes)
            if event == CMARK_EVENT_DONE { return }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(nodes) else { continue }
            let isCode = cmark_node_get_type(node) == CMARK_NODE_CODE
            restore(cmark_node_get_literal(node), trimming: isCode) { cmark_node_set_literal(node, $0) }
            restore(cmark_node_get_url(node)) { cmark_node_set_url(node, $0) }
            restore(cmark_node_get_title(node)) { cmark_node_set_title(node, $0) }
        }
    }

    /// - Parameter trimming: in a code span the blank that was a line's end beside the backticks goes. cmark takes it
    ///   away itself but where a mark stands there.
    private func restore(_ text: UnsafePointer<CChar>?, trimming: Bool = false, set: (UnsafePointer<CChar>) -> CInt) {
        guard let text else { return }
        let length = strlen(text)
        let restored = text.withMemoryRebound(to: UInt8.self, capacity: length) {
            ClassicMark.removed(from: UnsafeBufferPointer(start: $0, count: length))
        }
        guard let restored else { return }
        let isSet = (trimming ? trimmed(restored) : restored).withUnsafeBytes { bytes in
            set((bytes + [0]).map { CChar(bitPattern: $0) })
        }
        precondition(isSet == 1, "cmark gave a text of a node that has none")
    }

    private func trimmed(_ code: [UInt8]) -> [UInt8] {
        let start = code.prefix { Byte.isBlank($0) }.count
        let end = code.reversed().prefix { Byte.isBlank($0) }.count
        return start < code.count ? Array(code[start..<(code.count - end)]) : code
    }
}
