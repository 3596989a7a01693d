/// Why bytes are not the JSON that a payload must be, and where.
struct PayloadSyntaxError: Error, CustomStringConvertible {
    let reason: String
    let offset: Int
    var description: String { "\(reason) at byte \(offset)" }
}

/// Reads JSON as Python does, but for what Roost refuses on purpose: NaN, infinities, lone surrogates and deep nesting.
struct PayloadParser {
    private let bytes: [UInt8]
    private let depthLimit: Int
    private var position = 0

    /// - Parameter depth: arrays and objects within each other that are accepted
    init(_ bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        depthLimit = depth
    }

    static func parse(_ bytes: [UInt8], depth: Int) throws(PayloadSyntaxError) -> SessionValue {
        var parser = PayloadParser(bytes, depth: depth)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.error("something follows the value") }
        return value
    }

    private mutating func value(depth: Int) throws(PayloadSyntaxError) -> SessionValue {
        guard depth <= depthLimit else { throw error("nested too deeply") }
        skipSpace()
        guard let byte = peek else { throw error("no value") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("no value")
        }
    }

    // MARK: Containers

    private mutating func object(depth: Int) throws(PayloadSyntaxError) -> SessionValue {
        var object = SessionObject()
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw error("a key was expected") }
            let key = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("a colon was expected") }
            object[key] = try value(depth: depth + 1)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("a comma or } was expected") }
        return .object(object)
    }

    private mutating func array(depth: Int) throws(PayloadSyntaxError) -> SessionValue {
        var items: [SessionValue] = []
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(items) }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("a comma or ] was expected") }
        return .array(items)
    }

    // MARK: Scalars

    private mutating func word(_ word: String, _ value: SessionValue) throws(PayloadSyntaxError) -> SessionValue {
        guard bytes[position...].starts(with: word.utf8) else { throw error("no value") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(PayloadSyntaxError) -> SessionValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole { return Int(text).map { .integer($0) } ?? .bigInteger(text) }
        guard let number = Double(text), number.isFinite else { throw error("a number out of range") }
        return .number(number)
    }

    private mutating func digits() throws(PayloadSyntaxError) {
        let start = position
        while let byte = peek, (48...57).contains(byte) { position += 1 }
        if position == start { throw error("a digit was expected") }
    }

    private mutating func text() throws(PayloadSyntaxError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw error("invalid UTF-8") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error("a control byte in a text")
            default: text.append(byte)
            }
        }
        throw error("a text without an end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(PayloadSyntaxError) {
        guard let byte = peek else { throw error("a text without an end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): text += UTF8.encode(try scalar())!
        default: throw error("an unknown escape")
        }
    }

    /// The character of `\uXXXX`, or of two of them that make a surrogate pair.
    private mutating func scalar() throws(PayloadSyntaxError) -> Unicode.Scalar {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw error("a lone surrogate")
        }
        let second = try unit()
        guard UTF16.isTrailSurrogate(second) else { throw error("a lone surrogate") }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func unit() throws(PayloadSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Hex.value(byte) else { throw error("four digits were expected") }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    // MARK: Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private func error(_ reason: String) -> PayloadSyntaxError { PayloadSyntaxError(reason: reason, offset: position) }
}
