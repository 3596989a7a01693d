public import FoundationEssentials

/// A value on its way into a statement.
public enum SQLValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case float(Double)
    case text(String)
    case bytes([UInt8])
    case timestamp(Timestamp)
    case uuid(UUID)
    case array([SQLValue])
    /// A value that could not be made; sending it fails with this reason.
    case refused(String)
}

extension SQLValue: CustomStringConvertible {
    /// The value as PostgreSQL would read it from text, for logs.
    public var description: String {
        switch self {
        case .null: "NULL"
        case .text(let text): text
        case .refused(let reason): "<\(reason)>"
        default: String(decoding: textForm, as: UTF8.self)
        }
    }

    /// The value in PostgreSQL's text format. NULL has none and is empty here; the caller sends it as NULL.
    var textForm: [UInt8] {
        var out: [UInt8] = []
        appendText(to: &out)
        return out
    }

    func appendText(to out: inout [UInt8]) {
        switch self {
        case .null, .refused: break
        case .bool(let value): out.append(value ? UInt8(ascii: "t") : UInt8(ascii: "f"))
        case .int(let value): out.append(contentsOf: String(value).utf8)
        case .float(let value): out.append(contentsOf: String(value).utf8)
        case .text(let value): out.append(contentsOf: value.utf8)
        case .bytes(let value): Self.appendHex(value, to: &out)
        case .timestamp(let value): out.append(contentsOf: value.postgresText.utf8)
        case .uuid(let value): out.append(contentsOf: value.uuidString.utf8)
        case .array(let values): Self.appendArray(values, to: &out)
        }
    }

    /// Why the value, or an element of it, cannot be sent.
    var refusal: String? {
        switch self {
        case .refused(let reason): reason
        case .array(let values): values.lazy.compactMap(\.refusal).first
        default: nil
        }
    }

    private static func appendHex(_ bytes: [UInt8], to out: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        out.append(contentsOf: "\\x".utf8)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
    }

    /// PostgreSQL's array literal: `{1,2,NULL,"a \"quoted\" text"}`.
    private static func appendArray(_ values: [SQLValue], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (index, value) in values.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            switch value {
            case .null: out.append(contentsOf: "NULL".utf8)
            case .text, .bytes, .timestamp: appendQuoted(value.textForm, to: &out)
            default: value.appendText(to: &out)
            }
        }
        out.append(UInt8(ascii: "}"))
    }

    private static func appendQuoted(_ bytes: [UInt8], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}
