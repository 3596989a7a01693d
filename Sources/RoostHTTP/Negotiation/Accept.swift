/// An `Accept`, `Accept-Language`, `Accept-Charset` or `Accept-Encoding` header with its q-values.
///
/// Chooses as Werkzeug does: the more exact entry of the client decides over a general one, then the quality, then
/// the order of the offers.
public struct Accept {
    /// Which header it is: that decides what matches what.
    public enum Kind: Sendable {
        /// `text/*` and parameters.
        case media
        /// `de-AT` is offered to a client that wants `de`, when nothing fits better.
        case language
        /// Names have several spellings.
        case charset
        case encoding
    }

    /// Values with their quality: exact ones before general ones, then the best first, then the client's order.
    public let values: [(value: String, quality: Double)]
    public let kind: Kind
    /// The values taken apart, for media types alone.
    private let ranges: [MediaRange]

    /// Reads a header; nil or empty accepts nothing in particular. Entries with a malformed `q` are left out.
    public init(_ header: String?, as kind: Kind = .media) {
        let entries = HeaderList.items(Array((header ?? "").utf8)).compactMap(Self.entry)
        self.init(entries, as: kind)
    }

    private init(_ entries: [(value: String, quality: Double)], as kind: Kind) {
        self.kind = kind
        values = entries.count < 2 ? entries : Self.ranked(entries, kind)
        ranges = kind == .media ? values.map { MediaRange($0.value) } : []
    }

    private static func ranked(
        _ entries: [(value: String, quality: Double)], _ kind: Kind
    ) -> [(value: String, quality: Double)] {
        entries.enumerated().map { ($0.offset, $0.element, exactness($0.element.value, kind)) }
            .sorted { one, other in
                if one.2 != other.2 { return other.2.lexicographicallyPrecedes(one.2) }
                if one.1.quality != other.1.quality { return one.1.quality > other.1.quality }
                return one.0 < other.0
            }.map(\.1)
    }

    /// How much the client wants a value: 0 when it does not accept it. The most exact entry counts.
    public func quality(of value: String) -> Double { match(value)?.quality ?? 0 }

    /// Whether an entry names the value, whatever its quality.
    public func contains(_ value: String) -> Bool { match(value) != nil }

    /// The offer the client wants most, the first of equals; nil when it accepts none.
    ///
    /// A language that does not match wholly is tried by its first part: first the client's, then the offer's.
    public func best(of offers: [String]) -> String? {
        if let best = exactBest(of: offers) { return best }
        guard kind == .language else { return nil }
        let general = Accept(values.map { (LanguageTag.primary($0.value), $0.quality) }, as: .encoding)
        if let best = general.exactBest(of: offers) { return best }
        let primaries = offers.map(LanguageTag.primary)
        guard let best = exactBest(of: primaries) else { return nil }
        return primaries.firstIndex(of: best).map { offers[$0] }
    }

    private func exactBest(of offers: [String]) -> String? {
        var best: (offer: String, quality: Double, exactness: [Int])?
        for offer in offers {
            guard let match = match(offer), match.quality > 0 else { continue }
            let exactness = Self.exactness(match.value, kind)
            if let best {
                if match.quality < best.quality { continue }
                if match.quality == best.quality, !best.exactness.lexicographicallyPrecedes(exactness) { continue }
            }
            best = (offer, match.quality, exactness)
        }
        return best?.offer
    }

    private func match(_ value: String) -> (value: String, quality: Double)? {
        if kind == .media {
            let offer = MediaRange(value)
            return ranges.firstIndex { $0.matches(offer) }.map { values[$0] }
        }
        return values.first { Self.matches(value, $0.value, kind) }
    }

    private static func matches(_ value: String, _ entry: String, _ kind: Kind) -> Bool {
        switch kind {
        case .language: entry == "*" || LanguageTag.parts(value) == LanguageTag.parts(entry)
        case .charset: entry == "*" || CharsetName.normal(value) == CharsetName.normal(entry)
        case .media, .encoding: entry == "*" || ASCII.equalIgnoringCase(value, entry)
        }
    }

    /// 1 for each part that is not a star; compared part by part.
    private static func exactness(_ value: String, _ kind: Kind) -> [Int] {
        kind == .media ? MediaRange(value).parts.map { $0 == "*" ? 0 : 1 } : [value == "*" ? 0 : 1]
    }

    private static func entry(_ item: [UInt8]) -> (value: String, quality: Double)? {
        let header = HeaderParameters(bytes: HeaderList.unquoted(item))
        var value = header.value
        var quality = 1.0
        for (name, text) in header.list {
            if name == "q" {
                guard let number = Self.quality(text) else { return nil }
                quality = number
            } else {
                value += "; \(name)=" + (text.utf8.allSatisfy(ASCII.isToken) && !text.isEmpty ? text : "\"\(text)\"")
            }
        }
        return (value, quality)
    }

    /// A number from 0 to 1 written with digits and at most one dot.
    private static func quality(_ text: String) -> Double? {
        let halves = text.utf8.trimmed().split(separator: ASCII.dot, omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ASCII.isDigit) }),
            let number = Double(String(decoding: text.utf8.trimmed(), as: UTF8.self)), number <= 1
        else { return nil }
        return number
    }
}
