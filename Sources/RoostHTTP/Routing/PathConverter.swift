/// How one variable of a pattern matches, and what it makes.
enum PathConverter {
    case string(minimum: Int, maximum: Int)
    case integer(minimum: Int?, maximum: Int?, digits: Int, signed: Bool)
    case decimal(minimum: Double?, maximum: Double?, signed: Bool)
    case path
    case uuid
    case any([String])
    case custom(name: String, kind: PathKind, rebuild: (String) -> String?)

    /// Werkzeug's order among converters at one place: lower is tried first.
    var weight: Int {
        switch self {
        case .integer, .decimal: 50
        case .path: 200
        default: 100
        }
    }

    /// Whether the variable may hold slashes.
    var spansSegments: Bool { if case .path = self { true } else { false } }

    var kind: PathKind {
        switch self {
        case .integer: .integer
        case .decimal: .decimal
        case .custom(_, let kind, _): kind
        default: .text
        }
    }

    /// Whether everything another converter matches is matched by this one too.
    func covers(_ other: PathConverter) -> Bool {
        if case .string(1, .max) = self { return !other.spansSegments }
        return key == other.key
    }

    /// Equal for converters that match the same texts.
    var key: String {
        switch self {
        case .string(let minimum, let maximum): "string(\(minimum),\(maximum))"
        case .integer(let low, let high, let digits, let signed):
            "int(\(low.map(String.init) ?? ""),\(high.map(String.init) ?? ""),\(digits),\(signed))"
        case .decimal(let low, let high, let signed):
            "float(\(low.map(\.description) ?? ""),\(high.map(\.description) ?? ""),\(signed))"
        case .path: "path"
        case .uuid: "uuid"
        case .any(let words): "any(\(words.joined(separator: ",")))"
        case .custom(let name, _, _): name
        }
    }

    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !bytes.isEmpty else { return false }
        switch self {
        case .string(1, .max): return true
        case .string(let minimum, let maximum):
            // Characters as Python counts them: code points, so every byte that does not continue one.
            let count = bytes.count { $0 & 0xC0 != 0x80 }
            return count >= minimum && count <= maximum
        case .integer(let minimum, let maximum, let digits, let signed):
            guard signed || bytes[0] != ASCII.dash, digits == 0 || bytes.count == digits,
                let value = Int(pathBytes: bytes)
            else { return false }
            return value >= minimum ?? .min && value <= maximum ?? .max
        case .decimal(let minimum, let maximum, let signed):
            guard Self.isDecimal(bytes, signed: signed), let value = Double(pathBytes: bytes) else { return false }
            return value >= minimum ?? -.infinity && value <= maximum ?? .infinity
        case .path: return bytes[0] != ASCII.slash
        case .uuid: return Self.isUUID(bytes)
        case .any(let words): return words.contains { bytes.elementsEqual($0.utf8) }
        case .custom(_, _, let rebuild): return rebuild(String(decoding: bytes, as: UTF8.self)) != nil
        }
    }

    /// The text to put into a path for a value; nil when this converter would not match it again.
    func text(for value: String) -> String? {
        var text = value
        if case .integer(_, _, let digits, _) = self {
            // 007 is 7 again, and as long as the pattern wants it.
            text = Int(text)?.description ?? text
            if text.utf8.count < digits { text = String(repeating: "0", count: digits - text.utf8.count) + text }
        }
        if case .decimal = self, !text.utf8.contains(ASCII.dot), Int(text) != nil { text += ".0" }
        if case .custom(_, _, let rebuild) = self { return rebuild(text) }
        return text.withUTF8(matches) ? text : nil
    }

    private static func isDecimal(_ bytes: UnsafeBufferPointer<UInt8>, signed: Bool) -> Bool {
        let start = signed && bytes[0] == ASCII.dash ? 1 : 0
        guard let dot = bytes.firstIndex(of: ASCII.dot), dot > start, dot < bytes.count - 1 else { return false }
        return bytes[start..<dot].allSatisfy(ASCII.isDigit) && bytes[(dot + 1)...].allSatisfy(ASCII.isDigit)
    }

    private static func isUUID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? byte == ASCII.dash : ASCII.hexValue(byte) != nil else { return false }
        }
        return true
    }
}
