/// A header of the form `value; name=text; name="text"`, such as `Content-Type` and `Content-Disposition`.
///
/// Reads what browsers send and Werkzeug reads: quoted texts with backslashes, `%22` for a quote, `name*=utf-8''…`
/// (RFC 8187) and texts cut into `name*0`, `name*1` (RFC 2231).
public struct HeaderParameters {
    /// What stands before the first semicolon.
    public let value: String
    /// The parameters in order, names in lower case, each once.
    public private(set) var list: [(name: String, value: String)] = []

    /// Reads a header. Parameters that are malformed are left out; nothing fails.
    public init(_ header: some StringProtocol) { self.init(bytes: header.utf8) }

    /// The text of a parameter, by its name in lower case.
    public subscript(name: String) -> String? { list.first { $0.name == name }?.value }

    init(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        let split = bytes.firstIndex(of: ASCII.semicolon) ?? bytes.endIndex
        value = String(decoding: bytes[..<split].trimmed(), as: UTF8.self)
        guard !value.isEmpty, split < bytes.endIndex else { return }
        var scanner = ParameterScanner(bytes: Array(bytes[(split + 1)...].trimmed()))
        var pieces: [ParameterPieces] = []
        while let raw = scanner.next() { Self.keep(raw, in: &pieces) }
        list = pieces.map { ($0.name, $0.texts.joined()) }
    }

    /// A later parameter replaces an earlier one of its name; a continuation is added to it.
    private static func keep(_ raw: ParameterScanner.Raw, in pieces: inout [ParameterPieces]) {
        let mark = ParameterMark(raw.name)
        let place = pieces.firstIndex { $0.name == mark.name }
        let before = place.flatMap { pieces[$0].isContinued && mark.isContinuation ? pieces[$0] : nil }
        let (text, charset) = mark.text(of: raw, charset: before?.charset)
        let now = ParameterPieces(
            name: mark.name, texts: (before?.texts ?? []) + [text], isContinued: mark.isContinuation,
            charset: charset ?? before?.charset)
        if let place { pieces[place] = now } else { pieces.append(now) }
    }
}

/// A parameter under way: its text may come in several pieces.
private struct ParameterPieces {
    let name: String
    let texts: [String]
    let isContinued: Bool
    let charset: String?
}

/// The marks at the end of a parameter's name: `*1` for a piece, `*` for a charset.
private struct ParameterMark {
    let name: String
    let isContinuation: Bool
    let hasCharset: Bool

    init(_ raw: [UInt8]) {
        var name = raw[...]
        hasCharset = name.last == UInt8(ascii: "*")
        if hasCharset { name.removeLast() }
        var head = name
        while let last = head.last, ASCII.isDigit(last) { head.removeLast() }
        isContinuation = head.count < name.count && head.last == UInt8(ascii: "*")
        if isContinuation { name = head.dropLast() }
        self.name = String(decoding: name, as: UTF8.self)
    }

    /// The text of a piece, and the charset it named.
    func text(of raw: ParameterScanner.Raw, charset known: String?) -> (text: String, charset: String?) {
        guard hasCharset else { return (Self.unquoted(raw.value), nil) }
        guard let (charset, encoded) = Self.charset(raw.value) else { return Self.decoded(raw.value, known) }
        return Self.decoded(encoded, charset.isEmpty && isContinuation ? known : charset)
    }

    /// Splits `utf-8'de'text`; nil when it is not of that form.
    private static func charset(_ value: [UInt8]) -> (charset: String, text: [UInt8])? {
        let parts = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].isEmpty, parts.allSatisfy({ $0.allSatisfy(ASCII.isToken) }) else {
            return nil
        }
        return (String(decoding: parts[0], as: UTF8.self).lowercased(), Array(parts[2]))
    }

    private static func decoded(_ value: [UInt8], _ charset: String?) -> (text: String, charset: String?) {
        guard let charset, Charset.isKnown(charset) else { return (String(decoding: value, as: UTF8.self), nil) }
        return (Charset.text(PercentCoding.decode(value), charset), charset)
    }

    /// Takes quotes and backslashes off, and reads `%22` as the quote that browsers write so.
    private static func unquoted(_ value: [UInt8]) -> String {
        var bytes = value[...]
        if bytes.count >= 2, bytes.first == ASCII.quote, bytes.last == ASCII.quote {
            bytes = HeaderList.unescaped(bytes.dropFirst().dropLast())[...]
        }
        return String(decoding: quotes(bytes), as: UTF8.self)
    }

    private static func quotes(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(ASCII.percent) else { return Array(bytes) }
        var rest = bytes
        var plain: [UInt8] = []
        while let byte = rest.first {
            if rest.starts(with: "%22".utf8) {
                plain.append(ASCII.quote)
                rest = rest.dropFirst(3)
            } else {
                plain.append(byte)
                rest.removeFirst()
            }
        }
        return plain
    }
}

/// Cuts `name=token; name="text"` into names and raw values.
private struct ParameterScanner {
    struct Raw {
        var name: [UInt8]
        var value: [UInt8]
    }

    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Raw? {
        while place < bytes.count {
            let found = parameter()
            skipToNext()
            if let found { return found }
        }
        return nil
    }

    private mutating func parameter() -> Raw? {
        let name = token(from: place)
        guard !name.isEmpty, name.endIndex < bytes.count, bytes[name.endIndex] == ASCII.equals else { return nil }
        place = name.endIndex + 1
        let value = token(from: place)
        if !value.isEmpty { return Raw(name: name.map(ASCII.lowercased), value: Array(value)) }
        guard place < bytes.count, bytes[place] == ASCII.quote else { return nil }
        guard let end = closingQuote() else {
            // A text that never ends takes everything behind it with it.
            place = bytes.count
            return nil
        }
        defer { place = end }
        return Raw(name: name.map(ASCII.lowercased), value: Array(bytes[place..<end]))
    }

    private func token(from start: Int) -> ArraySlice<UInt8> { bytes[start...].prefix(while: ASCII.isToken) }

    /// Behind the quote that ends the text at `place`.
    private func closingQuote() -> Int? {
        var index = place + 1
        while index < bytes.count {
            if bytes[index] == ASCII.quote { return index + 1 }
            let isEscape =
                bytes[index] == ASCII.backslash && index + 1 < bytes.count
                && (bytes[index + 1] == ASCII.backslash || bytes[index + 1] == ASCII.quote)
            index += isEscape ? 2 : 1
        }
        return nil
    }

    private mutating func skipToNext() {
        while place < bytes.count, bytes[place] != ASCII.semicolon { place += 1 }
        place = min(place + 1, bytes.count)
        while place < bytes.count, bytes[place] == ASCII.space || bytes[place] == ASCII.tab { place += 1 }
    }
}
