/// Reads JSON bytes into a `JSONValue`, one recursive step per nesting level up to `depth`.
struct JSONParser {
    let bytes: [UInt8]
    let depth: Int
    private var index = 0

    init(bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    mutating func parse() throws(JSONError) -> JSONValue {
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        guard index == bytes.count else { throw error("text after the value") }
        return value
    }

    private mutating func value(depth level: Int) throws(JSONError) -> JSONValue {
        guard index < bytes.count else { throw error("the text ends too early") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(depth: level + 1)
        case UInt8(ascii: "["): return try array(depth: level + 1)
        case ASCII.quote: return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth level: Int) throws(JSONError) -> JSONValue {
        try descend(level)
        var object = JSONObject()
        if take(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            skipBlanks()
            guard index < bytes.count, bytes[index] == ASCII.quote else { throw error("a key is expected") }
            let key = try string()
            guard take(ASCII.colon) else { throw error("a colon is expected") }
            skipBlanks()
            object[key] = try value(depth: level)
        } while take(ASCII.comma)
        guard take(UInt8(ascii: "}")) else { throw error("a comma or } is expected") }
        return .object(object)
    }

    private mutating func array(depth level: Int) throws(JSONError) -> JSONValue {
        try descend(level)
        var array: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(array) }
        repeat {
            skipBlanks()
            array.append(try value(depth: level))
        } while take(ASCII.comma)
        guard take(UInt8(ascii: "]")) else { throw error("a comma or ] is expected") }
        return .array(array)
    }

    private mutating func descend(_ level: Int) throws(JSONError) {
        guard level <= depth else { throw error("more than \(depth) levels") }
        index += 1
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { throw error("an unknown word") }
        index += wanted.count
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        _ = takeHere(ASCII.dash)
        let integer = digits()
        guard integer > 0 else { throw error("a value is expected", at: start) }
        let leading = bytes[index - integer]
        if integer > 1, leading == ASCII.zero { throw error("a number starts with zero", at: start) }
        var isInteger = true
        if takeHere(ASCII.dot) {
            isInteger = false
            guard digits() > 0 else { throw error("digits are expected") }
        }
        if takeHere(UInt8(ascii: "e")) || takeHere(UInt8(ascii: "E")) {
            isInteger = false
            _ = takeHere(ASCII.plus) || takeHere(ASCII.dash)
            guard digits() > 0 else { throw error("digits are expected") }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let number = Int(text) { return .int(number) }
        guard let number = Double(text), number.isFinite else { throw error("a number is too large", at: start) }
        return .double(number)
    }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.count, ASCII.isDigit(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func string() throws(JSONError) -> String {
        let start = index
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ASCII.quote {
                index += 1
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw error("a string is not UTF-8", at: start)
                }
                return valid
            }
            if byte < 0x20 { throw error("a control byte in a string") }
            index += 1
            if byte == ASCII.backslash { try escape(into: &text) } else { text.append(byte) }
        }
        throw error("a string does not end", at: start)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard index < bytes.count else { throw error("a string does not end") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(ASCII.lineFeed)
        case UInt8(ascii: "r"): text.append(ASCII.carriageReturn)
        case UInt8(ascii: "t"): text.append(ASCII.tab)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case ASCII.quote, ASCII.backslash, ASCII.slash: text.append(byte)
        case UInt8(ascii: "u"): text.append(contentsOf: try unicodeEscape())
        default: throw error("an unknown escape", at: index - 1)
        }
    }

    /// The scalar of `XXXX`, or of a surrogate pair; half a pair is refused.
    private mutating func unicodeEscape() throws(JSONError) -> String.UTF8View {
        var code = try fourHexDigits()
        if (0xD800..<0xDC00).contains(code), takeHere(ASCII.backslash), takeHere(UInt8(ascii: "u")) {
            let low = try fourHexDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair") }
        return String(scalar).utf8
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw error("four hexadecimal digits are expected") }
        var code: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = ASCII.hexValue(byte) else { throw error("four hexadecimal digits are expected") }
            code = code << 4 | UInt32(digit)
        }
        index += 4
        return code
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        return takeHere(byte)
    }

    private mutating func takeHere(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case ASCII.space, ASCII.tab, ASCII.lineFeed, ASCII.carriageReturn: index += 1
            default: return
            }
        }
    }

    private func error(_ reason: String, at offset: Int? = nil) -> JSONError {
        JSONError(reason: reason, offset: offset ?? index)
    }
}
