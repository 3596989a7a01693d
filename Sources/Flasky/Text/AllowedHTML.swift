/// What of HTML survives in a text that somebody typed.
struct AllowedHTML {
    let elements: Set<String>

    /// Attributes by element; no others survive. `href` is checked, see `isSafeLink`.
    static let attributes: [String: [String]] = [
        "a": ["href", "title"], "abbr": ["title"], "acronym": ["title"],
    ]

    static let post = AllowedHTML(elements: [
        "a", "abbr", "acronym", "b", "blockquote", "code", "em", "i", "li", "ol", "pre", "strong", "ul", "h1", "h2", "h3",
        "p",
    ])

    static let comment = AllowedHTML(elements: ["a", "abbr", "acronym", "b", "code", "em", "i", "strong"])

    /// Whether an address is relative or of a scheme that only leads somewhere.
    ///
    /// Browsers leave out tabs, line feeds and leading blanks and control characters before they look for a scheme
    /// (WHATWG URL), so this does too.
    static func isSafeLink(_ address: String) -> Bool {
        var scheme: [UInt8] = []
        for byte in address.utf8 where byte > 0x20 && byte != 0x7F {
            switch byte {
            case UInt8(ascii: ":"):
                let name = String(decoding: scheme, as: UTF8.self).lowercased()
                return name == "http" || name == "https" || name == "mailto"
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): return true
            default: scheme.append(byte)
            }
        }
        return true
    }
}
