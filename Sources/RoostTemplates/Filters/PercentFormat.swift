internal import Glibc
internal import RoostMarkup

/// C's formatting of one float.
func cFormat(_ format: String, _ precision: Int, _ number: Double) -> String {
    if format == "%.*f", let text = FixedPoint.text(number, precision) { return text }
    return withVaList([Int32(clamping: precision), number]) { arguments in
        var buffer = [CChar](repeating: 0, count: 400 + max(0, precision))
        let length = vsnprintf(&buffer, buffer.count, format, arguments)
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// `%.2f` without C's machinery, for the sizes that pages print. The result is the same: the product with the power
/// of ten is known exactly as a sum of two floats, so the rounding is right.
enum FixedPoint {
    private static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

    static func text(_ number: Double, _ precision: Int) -> String? {
        guard precision >= 0, precision < powers.count, number.magnitude < 1e9 else { return nil }
        let scaled = number.magnitude * powers[precision]
        let error = fma(number.magnitude, powers[precision], -scaled)
        var whole = UInt64(scaled)
        let fraction = scaled - Double(whole)
        if fraction > 0.5 || (fraction == 0.5 && (error > 0 || (error == 0 && whole & 1 == 1))) { whole += 1 }
        return String(unsafeUninitializedCapacity: 32) { buffer in
            var position = 31
            var digits = 0
            repeat {
                if digits == precision, precision > 0 {
                    buffer[position] = 0x2E
                    position -= 1
                }
                buffer[position] = 0x30 + UInt8(truncatingIfNeeded: whole % 10)
                whole /= 10
                position -= 1
                digits += 1
            } while whole > 0 || digits <= precision
            if number.sign == .minus {
                buffer[position] = 0x2D
                position -= 1
            }
            let count = 31 - position
            for index in 0..<count { buffer[index] = buffer[position + 1 + index] }
            return count
        }
    }
}

/// Python's `format % values`. Safe formats escape the values that are not.
///
/// - Throws: `TemplateError` for a bad format, a wrong type, missing or surplus values.
func percentFormat(_ format: String, isSafe: Bool, values: TemplateValue) throws -> TemplateValue {
    if !isSafe, let text = PercentFormatter.fixedPoint(format, values) { return .string(text) }
    var formatter = PercentFormatter(values: values, isSafe: isSafe)
    let text = try formatter.format(format)
    return isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
}

private struct PercentFormatter {
    private let mapping: TemplateDictionary?
    private let arguments: [TemplateValue]
    private var position = 0
    private let isSafe: Bool
    private let ignoresRest: Bool

    /// What stands between `%` and the letter.
    private struct Directive {
        var key: String?
        var isLeft = false
        var hasPlus = false
        var hasSpace = false
        var hasZero = false
        var isAlternate = false
        var width = 0
        var precision: Int?
        var type: UInt8 = 0x73

        /// Whether there is nothing to pad or sign.
        var isPlain: Bool { width == 0 && !hasPlus && !hasSpace }
    }

    init(values: TemplateValue, isSafe: Bool) {
        self.isSafe = isSafe
        mapping = if case .dict(let dictionary) = values { dictionary } else { nil }
        arguments = if case .tuple(let list) = values { list.items } else { [values] }
        // What has elements may stand unused behind the `%`, unless it is a tuple or text.
        ignoresRest =
            switch values {
            case .dict, .list, .native, .undefined, .object: true
            default: false
            }
    }

    /// The whole format is `%.2f` or alike, as prices have it.
    static func fixedPoint(_ format: String, _ values: TemplateValue) -> String? {
        let bytes = format.utf8
        guard bytes.count == 4, bytes.first == 0x25, bytes.last == 0x66, bytes.dropFirst().first == 0x2E,
            let digit = bytes.dropFirst(2).first, digit >= 0x30, digit <= 0x39
        else { return nil }
        switch values {
        case .float(let number): return FixedPoint.text(number, Int(digit) - 0x30)
        case .tuple(let list):
            guard list.items.count == 1, case .float(let number) = list.items[0] else { return nil }
            return FixedPoint.text(number, Int(digit) - 0x30)
        default: return nil
        }
    }

    mutating func format(_ text: String) throws -> String {
        var result = ""
        var start = 0
        let bytes = Array(text.utf8)
        while let percent = bytes[start...].firstIndex(of: 0x25) {
            if percent > start { result += String(decoding: bytes[start..<percent], as: UTF8.self) }
            start = percent + 1
            let directive = try parse(bytes, &start)
            if directive.type == 0x25 {
                result += "%"
            } else {
                let formatted = try formatted(directive)
                result += directive.isPlain ? formatted : padded(formatted, directive)
                try TemplateLimits.standard.checkText(result.utf8.count)
            }
        }
        if !ignoresRest, position < arguments.count {
            throw TemplateError("not all arguments converted during string formatting")
        }
        return start < bytes.count ? result + String(decoding: bytes[start...], as: UTF8.self) : result
    }

    private mutating func parse(_ bytes: [UInt8], _ index: inout Int) throws -> Directive {
        var directive = Directive()
        if index < bytes.count, bytes[index] == 0x28 {
            guard let end = bytes[index...].firstIndex(of: 0x29) else { throw TemplateError("incomplete format key") }
            directive.key = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
            index = end + 1
        }
        parseFlags(bytes, &index, &directive)
        directive.width = try number(bytes, &index) ?? 0
        if directive.width < 0 { (directive.isLeft, directive.width) = (true, -directive.width) }
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            directive.precision = max(0, try number(bytes, &index) ?? 0)
        }
        while index < bytes.count, [0x68, 0x6C, 0x4C].contains(bytes[index]) { index += 1 }
        guard index < bytes.count else { throw TemplateError("incomplete format") }
        directive.type = bytes[index]
        index += 1
        return directive
    }

    private func parseFlags(_ bytes: [UInt8], _ index: inout Int, _ directive: inout Directive) {
        while index < bytes.count {
            switch bytes[index] {
            case 0x2D: directive.isLeft = true
            case 0x2B: directive.hasPlus = true
            case 0x20: directive.hasSpace = true
            case 0x30: directive.hasZero = true
            case 0x23: directive.isAlternate = true
            default: return
            }
            index += 1
        }
    }

    private mutating func number(_ bytes: [UInt8], _ index: inout Int) throws -> Int? {
        if index < bytes.count, bytes[index] == 0x2A {
            index += 1
            guard let number = try next(nil).intValue else { throw TemplateError("* wants int") }
            return min(max(number, -100_000), 100_000)
        }
        var number: Int?
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
            number = min((number ?? 0) * 10 + Int(bytes[index] - 0x30), 100_000)
            index += 1
        }
        return number
    }

    private mutating func next(_ key: String?) throws -> TemplateValue {
        if let key {
            guard let mapping else { throw TemplateError("format requires a mapping") }
            guard let value = mapping[key] else { throw TemplateError(pythonQuoted(key)) }
            return value
        }
        guard position < arguments.count else { throw TemplateError("not enough arguments for format string") }
        position += 1
        return arguments[position - 1]
    }

    private mutating func formatted(_ directive: Directive) throws -> String {
        let value = try next(directive.key)
        switch UnicodeScalar(directive.type) {
        case "s", "r", "a": return try text(value, directive)
        case "d", "i", "u": return signed(try decimal(value, directive), directive)
        case "x": return try integer(value, directive, radix: 16, "0x")
        case "X": return try integer(value, directive, radix: 16, "0X")
        case "o": return try integer(value, directive, radix: 8, "0o")
        case "f", "F", "e", "E", "g", "G":
            guard let number = value.doubleValue else {
                throw TemplateError("must be real number, not \(value.typeName)")
            }
            let letter = directive.type == 0x46 ? "f" : String(UnicodeScalar(directive.type))
            return signed(
                cFormat("%\(directive.isAlternate ? "#" : "").*\(letter)", directive.precision ?? 6, number), directive)
        case "c":
            if let text = value.stringValue, text.unicodeScalars.count == 1 { return text }
            guard let scalar = value.intValue.flatMap({ UnicodeScalar($0) }) else {
                throw TemplateError("%c requires int or char")
            }
            return String(scalar)
        default: throw TemplateError("unsupported format character '\(UnicodeScalar(directive.type))'")
        }
    }

    private func decimal(_ value: TemplateValue, _ directive: Directive) throws -> String {
        if let number = value.intValue { return digits(String(number), directive) }
        if case .big(let number) = value { return digits(number.description, directive) }
        guard case .float(let number) = value, number.isFinite else {
            throw TemplateError("%d format: a real number is required, not \(value.typeName)")
        }
        return digits(BigInteger(number).description, directive)
    }

    /// For integers the precision is the least number of digits.
    private func digits(_ text: String, _ directive: Directive) -> String {
        guard let precision = directive.precision else { return text }
        let sign = text.hasPrefix("-") ? "-" : ""
        let digits = text.dropFirst(sign.count)
        return sign + String(repeating: "0", count: max(0, precision - digits.count)) + digits
    }

    private func integer(
        _ value: TemplateValue, _ directive: Directive, radix: Int, _ prefix: String
    ) throws -> String {
        guard let number = value.bigValue else {
            throw TemplateError("%x format: an integer is required, not \(value.typeName)")
        }
        let magnitude = BigInteger(isNegative: false, words: number.words)
        let text = digits(magnitude.text(radix: radix, uppercase: directive.type == 0x58), directive)
        return signed((number.isNegative ? "-" : "") + (directive.isAlternate ? prefix : "") + text, directive)
    }

    private func text(_ value: TemplateValue, _ directive: Directive) throws -> String {
        var text = directive.type == 0x73 ? try value.text() : try value.repr()
        if isSafe, !value.isSafe { text = HTMLEscape.escaped(text) }
        return directive.precision.map { String(String.UnicodeScalarView(text.unicodeScalars.prefix($0))) } ?? text
    }

    private func signed(_ digits: String, _ directive: Directive) -> String {
        guard !digits.hasPrefix("-") else { return digits }
        return directive.hasPlus ? "+" + digits : directive.hasSpace ? " " + digits : digits
    }

    private func padded(_ text: String, _ directive: Directive) -> String {
        let missing = directive.width - text.unicodeScalars.count
        guard missing > 0 else { return text }
        if directive.isLeft { return text + String(repeating: " ", count: missing) }
        guard directive.hasZero, ![0x73, 0x72, 0x63, 0x61].contains(directive.type) else {
            return String(repeating: " ", count: missing) + text
        }
        var sign = text.prefix { "+- ".contains($0) }
        if directive.isAlternate, "oxX".utf8.contains(directive.type) { sign = text.prefix(sign.count + 2) }
        return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
    }
}
