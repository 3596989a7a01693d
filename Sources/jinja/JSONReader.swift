import RoostTemplates

/// Reads JSON into template values; objects keep their order and `1.0` stays a float.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func readContext() throws -> [String: TemplateValue] {
        guard case .dict(let dictionary) = try readValue() else { throw failure("an object is expected") }
        var context: [String: TemplateValue] = [:]
        for (key, value) in zip(dictionary.keys, dictionary.values) { context[key.stringValue ?? ""] = value }
        return context
    }

    private mutating func readValue() throws -> TemplateValue {
        switch next() {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", TemplateValue.none)
        default: return try readNumber()
        }
    }

    private mutating func readObject() throws -> TemplateValue {
        let dictionary = TemplateDictionary()
        position += 1
        while next() != UInt8(ascii: "}") {
            let key = try readString()
            try expect(":")
            dictionary[key] = try readValue()
            if next() != UInt8(ascii: "}") { try expect(",") }
        }
        position += 1
        return .dict(dictionary)
    }

    private mutating func readArray() throws -> TemplateValue {
        var items: [TemplateValue] = []
        position += 1
        while next() != UInt8(ascii: "]") {
            items.append(try readValue())
            if next() != UInt8(ascii: "]") { try expect(",") }
        }
        position += 1
        return .array(items)
    }

    private mutating func readString() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                position += 1
                text += try readEscape()
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func readEscape() throws -> [UInt8] {
        guard position < bytes.count else { throw failure("unfinished string") }
        position += 1
        switch UnicodeScalar(bytes[position - 1]) {
        case "n": return [0x0A]
        case "t": return [0x09]
        case "r": return [0x0D]
        case "b": return [0x08]
        case "f": return [0x0C]
        case "u": return try readUnicode()
        default: return [bytes[position - 1]]
        }
    }

    private mutating func readUnicode() throws -> [UInt8] {
        var units = [try readUnit()]
        if UTF16.isLeadSurrogate(units[0]), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") {
            position += 2
            units.append(try readUnit())
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private mutating func readUnit() throws -> UInt16 {
        let digits = bytes[min(position, bytes.count)..<min(position + 4, bytes.count)]
        position += 4
        guard let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else { throw failure("bad escape") }
        return unit
    }

    private mutating func readNumber() throws -> TemplateValue {
        let start = position
        while position < bytes.count, "+-.0123456789eE".utf8.contains(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let number = Int(text) { return .int(number) }
        if let number = TemplateValue(integer: text) { return number }
        guard let number = Double(text) else { throw failure("unexpected character") }
        return .float(number)
    }

    private mutating func word(_ word: String, _ value: TemplateValue) throws -> TemplateValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("unexpected character") }
        position += word.utf8.count
        return value
    }

    private mutating func next() -> UInt8? {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard next() == UInt8(ascii: character) else { throw failure("'\(character)' is expected") }
        position += 1
    }

    private func failure(_ message: String) -> TemplateError {
        TemplateError("\(message) at byte \(position)", template: "data")
    }
}
