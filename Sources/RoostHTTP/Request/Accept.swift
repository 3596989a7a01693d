/// An `Accept`, `Accept-Language` or `Accept-Encoding` header with its q-values.
public struct Accept {
    /// Values with their quality, best first; equal quality keeps the client's order.
    public let values: [(value: String, quality: Double)]

    /// Reads a header; nil or empty accepts nothing in particular.
    public init(_ header: String?) {
        var values: [(value: String, quality: Double)] = []
        for item in (header ?? "").utf8.split(separator: ASCII.comma) {
            let pieces = item.split(separator: ASCII.semicolon)
            guard let first = pieces.first else { continue }
            let value = String(decoding: first.trimmed(), as: UTF8.self).lowercased()
            if !value.isEmpty { values.append((value, Self.quality(pieces.dropFirst()))) }
        }
        self.values = values.enumerated().sorted { one, other in
            one.element.quality != other.element.quality
                ? one.element.quality > other.element.quality : one.offset < other.offset
        }.map(\.element)
    }

    /// How much the client wants a value: 0 when it does not accept it. Exact matches beat `text/*`, which beats `*/*`.
    public func quality(of value: String) -> Double {
        let value = value.lowercased()
        let family = String(value.prefix { $0 != "/" }) + "/*"
        for wanted in [value, family, "*/*", "*"] {
            if let match = values.first(where: { $0.value == wanted }) { return match.quality }
        }
        return 0
    }

    /// The offer the client wants most, the first of equals; nil when it accepts none.
    public func best(of offers: [String]) -> String? {
        var best: (offer: String, quality: Double)?
        for offer in offers {
            let quality = quality(of: offer)
            if quality > (best?.quality ?? 0) { best = (offer, quality) }
        }
        return best?.offer
    }

    private static func quality(_ parameters: some Sequence<Substring.UTF8View>) -> Double {
        for parameter in parameters {
            let text = String(decoding: parameter.trimmed(), as: UTF8.self).lowercased()
            if text.hasPrefix("q="), let value = Double(text.dropFirst(2)) { return min(max(value, 0), 1) }
        }
        return 1
    }
}
