/// A media type or a range of them: `text/html; level=1`, `text/*`, `*/*`.
struct MediaRange {
    /// Type, subtype and parameters, in lower case.
    let parts: [String]

    init(_ text: String) {
        let pieces = text.lowercased().split(separator: ";", omittingEmptySubsequences: false)
            .map { String(decoding: $0.utf8.trimmed(), as: UTF8.self) }
        let sides = pieces[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts = sides + pieces.dropFirst()
    }

    /// Whether this range of a client covers a type of ours. Neither side may be `*/html`.
    func matches(_ offer: MediaRange) -> Bool {
        guard isProper, offer.isProper else { return false }
        if parts[0] == "*" || offer.parts[0] == "*" { return true }
        guard parts[0] == offer.parts[0] else { return false }
        if parts[1] == "*" || offer.parts[1] == "*" { return true }
        return parts[1] == offer.parts[1] && parts.dropFirst(2).sorted() == offer.parts.dropFirst(2).sorted()
    }

    private var isProper: Bool { parts.count >= 2 && (parts[0] != "*" || parts[1] == "*") }
}

/// Language tags: parts between `-` or `_`, compared without case.
enum LanguageTag {
    static func parts(_ tag: String) -> [String] {
        tag.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).map(String.init)
    }

    /// The language without country and script: `de` of `de-AT`.
    static func primary(_ tag: String) -> String {
        String(tag.prefix { $0 != "-" && $0 != "_" })
    }
}

/// Names of charsets that mean the same.
enum CharsetName {
    static func normal(_ name: String) -> String {
        let plain = String(
            decoding: name.utf8.filter { ASCII.isLetter($0) || ASCII.isDigit($0) }.map(ASCII.lowercased), as: UTF8.self)
        switch plain {
        case "utf8", "u8", "utf", "utf8ucs2", "utf8ucs4", "cp65001": return "utf8"
        case "latin1", "latin", "l1", "iso88591", "88591", "cp819", "iso8859": return "iso88591"
        case "ascii", "usascii", "646", "ansix341968": return "ascii"
        default: return plain
        }
    }
}
