internal import RoostMarkup

extension BuiltInFilters {
    /// Filters that make or unmake markup.
    static var markup: [String: TemplateFilter] {
        [
            "xmlattr": xmlAttributes,
            "urlencode": { value, _ in .string(try urlEncoded(value)) },
            "urlize": urlize,
            "striptags": { value, _ in .string(MarkupText.withoutTags(try value.text())) },
            "tojson": { value, call in
                var writer = JSONText(indent: try optional(call, 0, "indent").map { try JSONText.indentation($0) })
                try writer.append(value)
                return .safe(SafeHTML(trusted: String(decoding: writer.bytes, as: UTF8.self)))
            },
        ]
    }

    private static func xmlAttributes(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        guard case .dict(let dictionary) = value else {
            throw TemplateError("'\(value.typeName) object' has no attribute 'items'")
        }
        var attributes: [String] = []
        for entry in dictionary.entries where !entry.value.isNone && !entry.value.isUndefined {
            let name = try entry.key.text()
            guard !name.unicodeScalars.contains(where: { $0.isPythonSpace || "/>=".unicodeScalars.contains($0) }) else {
                throw TemplateError("Invalid character in attribute name: \(pythonQuoted(name))")
            }
            attributes.append("\(try entry.key.escapedText())=\"\(try entry.value.escapedText())\"")
        }
        let text = attributes.joined(separator: " ")
        let spaced = flag(call, 0, "autospace", true) && !text.isEmpty ? " " + text : text
        return call.autoescape ? .safe(SafeHTML(trusted: spaced)) : .string(spaced)
    }

    private static func urlEncoded(_ value: TemplateValue) throws -> String {
        let pairs: [TemplateValue]
        switch value {
        case .dict(let dictionary): pairs = Methods.pairs(dictionary)
        case .list, .tuple, .native: pairs = try value.elements()
        default: return PercentEncoding.encoded(try value.text(), isQuery: false)
        }
        return try pairs.map { pair in
            let parts = try pair.elements()
            guard parts.count == 2 else { throw TemplateError("urlencode needs pairs of a name and a value") }
            let (name, value) = (try parts[0].text(), try parts[1].text())
            return "\(PercentEncoding.encoded(name, isQuery: true))=\(PercentEncoding.encoded(value, isQuery: true))"
        }.joined(separator: "&")
    }

    private static func urlize(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        var relations = Set(
            try optional(call, 3, "rel").map { try $0.text() }?.split(separator: " ").map(String.init) ?? [])
        if flag(call, 1, "nofollow") { relations.insert("nofollow") }
        relations.insert("noopener")
        let schemes = try optional(call, 4, "extra_schemes").map { try $0.elements().map { try $0.text() } } ?? []
        if let bad = schemes.first(where: { !Urlizer.isScheme($0) }) {
            throw TemplateError("\(pythonQuoted(bad)) is not a valid URI scheme prefix.")
        }
        let limit = optional(call, 0, "trim_url_limit") == nil ? nil : try int(call, 0, "trim_url_limit", 0)
        let urlizer = Urlizer(
            limit: limit, relation: relations.sorted().joined(separator: " "),
            target: try optional(call, 2, "target").map { try $0.text() }, schemes: schemes)
        let text = urlizer.linked(try value.escapedText())
        return call.autoescape ? .safe(SafeHTML(trusted: text)) : .string(text)
    }
}

extension TemplateValue {
    /// The value as `Markup(value)` makes it.
    func asSafe() throws -> TemplateValue {
        if case .object(let object) = self, let html = object.templateHTML { return .safe(html) }
        return .safe(SafeHTML(trusted: try text()))
    }

    /// The text as HTML: escaped unless it is safe already.
    func escapedText() throws -> String {
        if case .object(let object) = self {
            return object.templateHTML?.text ?? HTMLEscape.escaped(object.templateText)
        }
        return isSafe ? try text() : HTMLEscape.escaped(try text())
    }
}

/// The percent encoding of URLs.
enum PercentEncoding {
    /// In a query a space is `+` and a slash is encoded.
    static func encoded(_ text: String, isQuery: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x2D, 0x7E: bytes.append(byte)
            case 0x2F where !isQuery: bytes.append(byte)
            case 0x20 where isQuery: bytes.append(0x2B)
            default: bytes += [0x25, hexDigit(byte >> 4), hexDigit(byte & 15)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
