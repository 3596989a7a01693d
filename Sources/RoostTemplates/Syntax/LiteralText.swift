/// The escapes of Python's string literals.
enum StringEscapes {
    /// - Throws: `TemplateError` for an escape that is cut short.
    static func decoded(_ bytes: ArraySlice<UInt8>) throws -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == 0x5C, let code = rest.popFirst() else {
                result.append(byte)
                continue
            }
            try appendEscape(code, &rest, to: &result)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func appendEscape(_ code: UInt8, _ rest: inout ArraySlice<UInt8>, to result: inout [UInt8]) throws {
        switch UnicodeScalar(code) {
        case "n": result.append(0x0A)
        case "t": result.append(0x09)
        case "r": result.append(0x0D)
        case "a": result.append(0x07)
        case "b": result.append(0x08)
        case "f": result.append(0x0C)
        case "v": result.append(0x0B)
        case "\\", "'", "\"": result.append(code)
        case "\n": break
        case "x": try append(hex: 2, "truncated \\xXX escape", &rest, to: &result)
        case "u": try append(hex: 4, "truncated \\uXXXX escape", &rest, to: &result)
        case "U": try append(hex: 8, "truncated \\UXXXXXXXX escape", &rest, to: &result)
        case "N": try appendNamed(&rest, to: &result)
        case "0"..."7": appendOctal(code, &rest, to: &result)
        default: result += [0x5C, code]
        }
    }

    private static func append(
        hex width: Int, _ message: String, _ rest: inout ArraySlice<UInt8>, to result: inout [UInt8]
    ) throws {
        let digits = rest.prefix(width)
        guard digits.count == width, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw TemplateError(message)
        }
        rest = rest.dropFirst(width)
        result += Array(String(UnicodeScalar(value) ?? "\u{FFFD}").utf8)
    }

    /// `\N{BULLET}`, by the name that Unicode gives.
    private static func appendNamed(_ rest: inout ArraySlice<UInt8>, to result: inout [UInt8]) throws {
        guard rest.first == 0x7B, let end = rest.firstIndex(of: 0x7D) else {
            throw TemplateError("malformed \\N character escape")
        }
        let name = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self).uppercased()
        let scalars = (UInt32(0x20)...0x3FFFF).lazy.compactMap { UnicodeScalar($0) }
        guard let scalar = scalars.first(where: { $0.properties.name == name || $0.properties.nameAlias == name })
        else {
            throw TemplateError("unknown Unicode character name")
        }
        rest = rest[(end + 1)...]
        result += Array(String(Character(scalar)).utf8)
    }

    private static func appendOctal(_ first: UInt8, _ rest: inout ArraySlice<UInt8>, to result: inout [UInt8]) {
        var value = UInt32(first - 0x30)
        for _ in 0..<2 {
            guard let next = rest.first, (0x30...0x37).contains(next) else { break }
            value = value * 8 + UInt32(next - 0x30)
            rest.removeFirst()
        }
        result += Array(String(UnicodeScalar(value) ?? "\u{FFFD}").utf8)
    }
}

/// Finds the end of a number, in the forms that Jinja's lexer knows.
enum NumberScanner {
    static func scan(_ source: [UInt8], from start: Int) -> (end: Int, isFloat: Bool) {
        if source[start] == 0x30, start + 2 < source.count, let radix = radix(source[start + 1]) {
            let end = digits(source, from: start + 2) { isDigit($0, radix: radix) }
            if end > start + 2 { return (end, false) }
        }
        let whole = digits(source, from: start, isDecimal)
        var end = whole
        if end + 1 < source.count, source[end] == 0x2E, isDecimal(source[end + 1]) {
            end = digits(source, from: end + 1, isDecimal)
        }
        if let exponent = exponentEnd(source, from: end) { end = exponent }
        if end > whole { return (end, true) }
        // A leading zero is no number of its own: `00` is, `07` is two tokens.
        guard source[start] == 0x30 else { return (whole, false) }
        return (digits(source, from: start) { $0 == 0x30 }, false)
    }

    private static func exponentEnd(_ source: [UInt8], from index: Int) -> Int? {
        guard index < source.count, source[index] | 0x20 == 0x65 else { return nil }
        var start = index + 1
        if start < source.count, source[start] == 0x2B || source[start] == 0x2D { start += 1 }
        guard start < source.count, isDecimal(source[start]) else { return nil }
        return digits(source, from: start, isDecimal)
    }

    /// Digits with single underscores between them.
    private static func digits(_ source: [UInt8], from start: Int, _ accepts: (UInt8) -> Bool) -> Int {
        var end = start
        while end < source.count {
            if accepts(source[end]) {
                end += 1
            } else if source[end] == 0x5F, end + 1 < source.count, accepts(source[end + 1]) {
                end += 2
            } else {
                break
            }
        }
        return end
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func radix(_ byte: UInt8) -> Int? {
        switch UnicodeScalar(byte | 0x20) {
        case "x": 16
        case "o": 8
        case "b": 2
        default: nil
        }
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        UnicodeScalar(byte).properties.numericType == .decimal
            ? Int(byte) - 0x30 < radix : radix == 16 && (0x61...0x66).contains(byte | 0x20)
    }
}

extension String {
    /// What Python's `str.isidentifier` accepts.
    var isIdentifier: Bool {
        guard let first = unicodeScalars.first else { return false }
        guard first == "_" || first.properties.isXIDStart else { return false }
        return unicodeScalars.dropFirst().allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
    }
}
