/// Collects clean HTML: escapes text, links bare addresses, marks links for search engines.
struct HTMLWriter {
    private let allowed: AllowedHTML
    private var bytes: [UInt8] = []
    private var openLinks = 0
    private var openItems = 0
    private var textSinceBlock = 0
    /// Text is held back until a tag comes: a parser may cut it anywhere, an address must be seen whole.
    private var pending: [UInt8] = []

    init(_ allowed: AllowedHTML) { self.allowed = allowed }

    private func allows(_ name: String) -> Bool { allowed.elements.contains(name) }

    mutating func text(_ text: String) {
        pending += text.utf8
        textSinceBlock += text.utf8.count
    }

    /// Begins an element, allowed or not: its place in the text matters even when its tag does not survive.
    mutating func open(_ name: String, _ attributes: [(name: String, value: String)]) {
        beginBlock(name)
        guard allows(name) else { return }
        flush()
        if name == "a" { openLinks += 1 }
        bytes += "<\(name)".utf8
        var attributes = attributes
        if name == "a", let link = attributes.first(where: { $0.name == "href" }), !Self.isMail(link.value) {
            attributes.insert(("rel", "nofollow"), at: 1)
        }
        for (name, value) in attributes {
            bytes += " \(name)=\"".utf8
            Self.escape(Array(value.utf8), quotes: true, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    mutating func close(_ name: String) {
        if Self.blocks.contains(name) { textSinceBlock = 0 }
        if name == "li" { openItems -= 1 }
        guard allows(name) else { return }
        flush()
        if name == "a" { openLinks -= 1 }
        bytes += "</\(name)>".utf8
    }

    mutating func finish() -> [UInt8] {
        flush()
        return bytes
    }

    /// The elements whose places the writer must know, whether their tags survive or not.
    static let blocks: Set = ["p", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"]

    private mutating func beginBlock(_ name: String) {
        guard Self.blocks.contains(name) else { return }
        // In a tight item the book's Markdown puts an inner list right behind the text.
        if openItems > 0, name == "ul" || name == "ol", textSinceBlock > 1, pending.last == 10 { pending.removeLast() }
        if name == "li" { openItems += 1 }
        textSinceBlock = 0
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        if openLinks > 0 {
            Self.escape(pending, quotes: false, to: &bytes)
        } else {
            Linkifier.append(pending, to: &bytes)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func isMail(_ address: String) -> Bool { address.lowercased().hasPrefix("mailto:") }

    /// In text only what could be a tag or an entity; in attributes the quotation mark too.
    static func escape(_ text: [UInt8], quotes: Bool, to bytes: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\"") where quotes: bytes += "&quot;".utf8
            default: bytes.append(byte)
            }
        }
    }
}
