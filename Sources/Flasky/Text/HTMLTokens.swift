/// Finds tags in HTML as an HTML5 parser's tokenizer does (WHATWG HTML, section 13.2.5), text with no state of its own.
struct HTMLTokens {
    enum Token {
        /// The bytes of the name, and just behind the tag.
        case tag(name: Range<Int>, end: Int)
        /// Just behind a comment or what a parser takes for one.
        case comment(end: Int)
        /// No markup begins here.
        case text
    }

    let html: [UInt8]

    /// What begins with the `<` at a place. A tag or comment without an end reaches to the end of all.
    func token(at start: Int) -> Token {
        switch byte(start + 1) {
        case UInt8(ascii: "!"): return .comment(end: commentEnd(from: start))
        case UInt8(ascii: "?"): return .comment(end: behindGreater(from: start))
        case Self.slash:
            if let next = byte(start + 2), !Byte.isLetter(next) {
                return .comment(end: behindGreater(from: start))
            }
            return tag(nameStart: start + 2)
        default: return tag(nameStart: start + 1)
        }
    }

    private static let slash = UInt8(ascii: "/")

    private func byte(_ index: Int) -> UInt8? { index < html.count ? html[index] : nil }

    private func behindGreater(from start: Int) -> Int {
        html[start...].firstIndex(of: Byte.greater).map { $0 + 1 } ?? html.count
    }

    // MARK: Comments

    /// `<!-- -->`, `<!-- --!>`, `<!-->` and `<!--->` are whole comments; of `<!` and anything else, `>` is the end.
    private func commentEnd(from start: Int) -> Int {
        let opening = Array("<!--".utf8)
        guard html[start...].starts(with: opening) else { return behindGreater(from: start) }
        var end = start + opening.count
        while end < html.count {
            end = behindGreater(from: end)
            let inside = html[(start + 2)..<(end - 1)]
            if inside.suffix(2) == Self.dashes[...] { return end }
            if inside.count > 4, inside.suffix(3) == Self.dashesAndBang[...] { return end }
        }
        return end
    }

    private static let dashes = Array("--".utf8)
    private static let dashesAndBang = Array("--!".utf8)

    // MARK: Tags

    private enum Place { case beforeName, name, afterName, beforeValue, unquoted, quoted(UInt8) }

    private func tag(nameStart: Int) -> Token {
        guard let first = byte(nameStart), Byte.isLetter(first) else { return .text }
        let name = html[nameStart...].prefix { !Self.isSpace($0) && $0 != Self.slash && $0 != Byte.greater }
        var place = Place.beforeName
        for index in name.endIndex..<html.count {
            if html[index] == Byte.greater, !isQuoted(place) {
                return .tag(name: nameStart..<name.endIndex, end: index + 1)
            }
            place = next(place, html[index])
        }
        return .tag(name: nameStart..<name.endIndex, end: html.count)
    }

    private func isQuoted(_ place: Place) -> Bool {
        if case .quoted = place { true } else { false }
    }

    /// A quotation mark means something only behind an equals sign, a slash everywhere but in values.
    private func next(_ place: Place, _ byte: UInt8) -> Place {
        let isSpace = Self.isSpace(byte)
        switch place {
        case .quoted(let mark): return byte == mark ? .beforeName : place
        case .unquoted: return isSpace ? .beforeName : .unquoted
        case .beforeValue:
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return .quoted(byte) }
            return isSpace ? .beforeValue : .unquoted
        case .beforeName: return isSpace || byte == Self.slash ? .beforeName : .name
        case .name, .afterName:
            if byte == UInt8(ascii: "=") { return .beforeValue }
            if byte == Self.slash { return .beforeName }
            if isSpace { return .afterName }
            return .name
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }
}
