/// A value that cannot be written into a signed payload.
public struct PayloadError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

/// Writes JSON the way Python's writers do, byte for byte.
struct PayloadWriter {
    enum Style {
        /// Python's default: `, ` and `: `, non-ASCII escaped.
        case spaced
        /// itsdangerous' URL-safe serializers: no spaces, UTF-8 as it is.
        case compact
        /// Flask's session: no spaces, keys sorted, non-ASCII escaped.
        case session

        var comma: StaticString { self == .spaced ? ", " : "," }
        var colon: StaticString { self == .spaced ? ": " : ":" }
        var escapesNonASCII: Bool { self != .compact }
        var sortsKeys: Bool { self == .session }
    }

    let style: Style
    private(set) var bytes: [UInt8] = []

    init(_ style: Style) { self.style = style }

    /// The JSON of a value that has no tagged types.
    static func encode(_ value: SessionValue, _ style: Style) throws(PayloadError) -> [UInt8] {
        var writer = PayloadWriter(style)
        try writer.append(value)
        return writer.bytes
    }

    mutating func append(_ value: SessionValue) throws(PayloadError) {
        switch value {
        case .null: put("null")
        case .bool(let flag): put(flag ? "true" : "false")
        case .integer(let number): bytes += number.description.utf8
        case .bigInteger(let digits): try append(digits: digits)
        case .number(let number): try append(number)
        case .text(let text), .markup(let text): append(text: text)
        case .array(let items), .tuple(let items): try append(items)
        case .object(let object): try append(object)
        case .bytes, .uuid, .date:
            throw PayloadError(
                description: "bytes, UUIDs and dates have no form in plain JSON: store text, or use the session")
        }
    }

    private mutating func append(digits: String) throws(PayloadError) {
        let number = digits.utf8.drop { $0 == UInt8(ascii: "-") }
        guard digits.utf8.count - number.count <= 1, !number.isEmpty, number.allSatisfy({ (48...57).contains($0) }),
            number.first != UInt8(ascii: "0") || number.count == 1
        else { throw PayloadError(description: "\(digits.debugDescription) is not an integer") }
        bytes += digits.utf8
    }

    private mutating func append(_ number: Double) throws(PayloadError) {
        guard number.isFinite else { throw PayloadError(description: "\(number) has no form in JSON") }
        bytes += PythonNumber.text(number).utf8
    }

    private mutating func append(_ items: [SessionValue]) throws(PayloadError) {
        put("[")
        for (index, item) in items.enumerated() {
            if index > 0 { put(style.comma) }
            try append(item)
        }
        put("]")
    }

    private mutating func append(_ object: SessionObject) throws(PayloadError) {
        put("{")
        for (index, member) in (style.sortsKeys ? object.sorted() : Array(object)).enumerated() {
            if index > 0 { put(style.comma) }
            append(text: member.key)
            put(style.colon)
            try append(member.value)
        }
        put("}")
    }

    private mutating func append(text: String) {
        put("\"")
        for scalar in text.unicodeScalars { append(scalar) }
        put("\"")
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": put("\\\"")
        case "\\": put("\\\\")
        case "\n": put("\\n")
        case "\r": put("\\r")
        case "\t": put("\\t")
        case "\u{8}": put("\\b")
        case "\u{C}": put("\\f")
        default:
            if scalar.value < 0x20 || (style.escapesNonASCII && scalar.value > 0x7F) {
                for unit in UTF16.encode(scalar)! { append(escape: unit) }
            } else {
                bytes += UTF8.encode(scalar)!
            }
        }
    }

    private mutating func append(escape unit: UInt16) {
        put("\\u")
        bytes += Hex.encode([UInt8(unit >> 8), UInt8(unit & 255)])
    }

    private mutating func put(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
