/// Appends JSON to bytes, and nothing else: events, status and control answers need no encoder.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    var string: String { String(decoding: bytes, as: UTF8.self) }

    mutating func object(_ key: String? = nil, _ content: (inout JSONText) -> Void) { nested(key, "{", "}", content) }
    mutating func array(_ key: String? = nil, _ content: (inout JSONText) -> Void) { nested(key, "[", "]", content) }

    mutating func text(_ key: String? = nil, _ value: String) {
        begin(key)
        quote(value)
    }

    mutating func number(_ key: String? = nil, _ value: some BinaryInteger) {
        begin(key)
        bytes += String(value).utf8
    }

    /// Thousandths at most: enough for milliseconds when the value is in seconds.
    mutating func decimal(_ key: String? = nil, _ value: Double) {
        begin(key)
        bytes += Self.decimal(value).utf8
    }

    mutating func flag(_ key: String? = nil, _ value: Bool) {
        begin(key)
        bytes += (value ? "true" : "false").utf8
    }

    mutating func null(_ key: String? = nil) {
        begin(key)
        bytes += "null".utf8
    }

    static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "0" }
        let thousandths = Int((value * 1000).rounded())
        let (whole, part) = (abs(thousandths) / 1000, abs(thousandths) % 1000)
        let digits = String(part + 1000).dropFirst()
        return (thousandths < 0 ? "-" : "") + "\(whole).\(digits)"
    }

    private mutating func nested(
        _ key: String?, _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONText) -> Void
    ) {
        begin(key)
        bytes.append(UInt8(ascii: open))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func begin(_ key: String?) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        guard let key else { return }
        quote(key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// One line whatever the text holds: control bytes are escaped, so log lines cannot be forged.
    private mutating func quote(_ text: String) {
        let hex = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0..<0x20, 0x7F: bytes += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
