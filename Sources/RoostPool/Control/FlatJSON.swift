/// Reads one JSON object of strings and whole numbers: all that a control request may hold.
struct FlatJSON {
    enum Value: Equatable {
        case text(String)
        case number(Int)
    }

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The fields, or nil when the bytes are anything else.
    mutating func object() -> [String: Value]? {
        var fields: [String: Value] = [:]
        guard take("{") else { return nil }
        if take("}") { return isAtEnd ? fields : nil }
        repeat {
            guard let key = string(), take(":"), let value = value() else { return nil }
            fields[key] = value
        } while take(",")
        return take("}") && isAtEnd ? fields : nil
    }

    private var isAtEnd: Bool { bytes[at...].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

    private mutating func skipSpaces() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpaces()
        guard at < bytes.count, bytes[at] == UInt8(ascii: scalar) else { return false }
        at += 1
        return true
    }

    private mutating func value() -> Value? {
        skipSpaces()
        guard at < bytes.count else { return nil }
        if bytes[at] == UInt8(ascii: "\"") { return string().map(Value.text) }
        let start = at
        while at < bytes.count, bytes[at] == UInt8(ascii: "-") || (0x30...0x39).contains(bytes[at]) { at += 1 }
        return Int(String(decoding: bytes[start..<at], as: UTF8.self)).map(Value.number)
    }

    /// Without escapes but `\"` and `\\`: no command needs others.
    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == byte else { return nil }
            text.append(bytes[at])
            at += 1
        }
        return nil
    }
}
