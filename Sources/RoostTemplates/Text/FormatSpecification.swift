internal import Glibc

/// Python's format specification: `*>+#010,.2f`.
struct FormatSpecification {
    private var fill: Unicode.Scalar?
    private var alignment: Unicode.Scalar?
    private var sign: Unicode.Scalar = "-"
    private var isAlternate = false
    private var width = 0
    private var grouping: Unicode.Scalar?
    private var precision: Int?
    private var type: Unicode.Scalar?
    private let isEmpty: Bool
    private var hasSign = false
    /// A zero before the width: numbers are filled behind their sign, text behind its end.
    private var zeroFills = false

    init(_ text: String) throws {
        isEmpty = text.isEmpty
        var rest = Array(text.unicodeScalars)[...]
        if rest.count > 1, "<>=^".unicodeScalars.contains(rest[rest.startIndex + 1]) {
            fill = rest.removeFirst()
            alignment = rest.removeFirst()
        } else if let first = rest.first, "<>=^".unicodeScalars.contains(first) {
            alignment = rest.removeFirst()
        }
        if let first = rest.first, "+- ".unicodeScalars.contains(first) {
            sign = rest.removeFirst()
            hasSign = true
        }
        if rest.first == "#" {
            isAlternate = true
            rest.removeFirst()
        }
        if rest.first == "0" {
            fill = fill ?? "0"
            zeroFills = alignment == nil
            rest.removeFirst()
        }
        width = try FormatSpecification.number(&rest) ?? 0
        if let first = rest.first, first == "," || first == "_" { grouping = rest.removeFirst() }
        if rest.first == "." {
            rest.removeFirst()
            guard let digits = try FormatSpecification.number(&rest) else {
                throw TemplateError("Format specifier missing precision")
            }
            precision = digits
        }
        type = rest.popFirst()
        guard rest.isEmpty else { throw TemplateError("Invalid format specifier") }
    }

    private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> Int? {
        var number: Int?
        while let digit = rest.first.flatMap({ Int(String($0)) }) {
            number = (number ?? 0) * 10 + digit
            rest.removeFirst()
            guard number ?? 0 <= 100_000 else { throw TemplateError("Too many decimal digits in format string") }
        }
        return number
    }

    /// The formatted value.
    ///
    /// - Throws: `TemplateError` when the specification does not fit the type.
    func format(_ value: TemplateValue) throws -> String {
        switch value {
        case .string, .safe: return try text(try value.text())
        case .int, .big: return try integer(value)
        case .bool where !isEmpty: return try integer(value)
        case .float(let number): return try float(number)
        default:
            guard isEmpty else {
                throw TemplateError("unsupported format string passed to \(value.typeName).__format__")
            }
            return try value.text()
        }
    }

    private func unknown(_ name: String) -> TemplateError {
        TemplateError("Unknown format code '\(type.map { String($0) } ?? "")' for object of type '\(name)'")
    }

    private func text(_ text: String) throws -> String {
        guard type == nil || type == "s" else { throw unknown("str") }
        guard grouping == nil, !isAlternate else {
            throw TemplateError("Cannot specify ',', '_' or '#' with 's'.")
        }
        guard !hasSign, alignment != "=" else {
            throw TemplateError("Sign or '=' alignment not allowed in string format specifier")
        }
        let cut = precision.map { String(String.UnicodeScalarView(text.unicodeScalars.prefix($0))) } ?? text
        return padded("", cut, fallback: "<")
    }

    private func integer(_ value: TemplateValue) throws -> String {
        guard let type, type != "d", type != "n" else { return try integer(value, radix: 10, prefix: "") }
        switch type {
        case "b": return try integer(value, radix: 2, prefix: "0b")
        case "o": return try integer(value, radix: 8, prefix: "0o")
        case "x": return try integer(value, radix: 16, prefix: "0x")
        case "X": return try integer(value, radix: 16, prefix: "0X")
        case "c":
            guard let scalar = value.intValue.flatMap({ UInt32(exactly: $0) }).flatMap({ UnicodeScalar($0) }) else {
                throw TemplateError("%c arg not in range(0x110000)")
            }
            return padded("", String(Character(scalar)), fallback: "<")
        case "e", "E", "f", "F", "g", "G", "%": return try float(value.doubleValue ?? 0)
        default: throw unknown("int")
        }
    }

    private func integer(_ value: TemplateValue, radix: Int, prefix: String) throws -> String {
        guard precision == nil else { throw TemplateError("Precision not allowed in integer format specifier") }
        guard let number = value.bigValue else { throw unknown(value.typeName) }
        let digits = BigInteger(isNegative: false, words: number.words).text(radix: radix, uppercase: type == "X")
        return padded(
            signText(number.isNegative) + (isAlternate ? prefix : ""), digits, fallback: ">",
            groupSize: radix == 10 ? 3 : 4)
    }

    private func float(_ number: Double) throws -> String {
        let magnitude = number.magnitude
        var digits: String
        switch type {
        case nil:
            digits = precision.map { cFormat("%.*g", max(1, $0), magnitude) } ?? pythonText(of: magnitude)
            if precision != nil, !digits.utf8.contains(where: { [0x2E, 0x65, 0x6E, 0x69].contains($0) }) {
                digits += ".0"
            }
        case "e", "E", "f", "F", "g", "G":
            digits = cFormat(
                "%\(isAlternate ? "#" : "").*\(type.map { String($0) } ?? "")",
                type == "g" || type == "G" ? max(1, precision ?? 6) : precision ?? 6, magnitude)
        case "n": digits = cFormat("%.*g", max(1, precision ?? 6), magnitude)
        case "%": digits = cFormat("%.*f", precision ?? 6, magnitude * 100) + "%"
        default: throw unknown("float")
        }
        return padded(signText(number.sign == .minus && !number.isNaN), digits, fallback: ">", groupSize: 3)
    }

    private func signText(_ isNegative: Bool) -> String { isNegative ? "-" : sign == "-" ? "" : String(sign) }

    private func padded(_ prefix: String, _ body: String, fallback: Unicode.Scalar, groupSize: Int = 0) -> String {
        var body = body
        let alignment = alignment ?? (zeroFills && fallback == ">" ? "=" : fallback)
        if groupSize > 0, let grouping {
            // Zeros that fill up are grouped too.
            let zeros = fill == "0" && alignment == "=" ? max(0, width - prefix.utf8.count) : 0
            body = grouped(body, by: groupSize, grouping, minimum: zeros)
        }
        let missing = max(0, width - prefix.unicodeScalars.count - body.unicodeScalars.count)
        let filler = String(fill ?? " ")
        switch alignment {
        case "<": return prefix + body + String(repeating: filler, count: missing)
        case "^":
            let left = missing / 2
            return String(repeating: filler, count: left) + prefix + body
                + String(repeating: filler, count: missing - left)
        case "=": return prefix + String(repeating: filler, count: missing) + body
        default: return String(repeating: filler, count: missing) + prefix + body
        }
    }

    private func grouped(_ text: String, by size: Int, _ separator: Unicode.Scalar, minimum: Int) -> String {
        let whole = text.prefix {
            $0.isHexDigit && $0 != "e" || $0.isHexDigit && type.map { "xX".unicodeScalars.contains($0) } ?? false
        }
        var digits = Array(whole)
        let rest = text.dropFirst(whole.count)
        func length() -> Int { digits.count + (digits.count - 1) / size + rest.count }
        while length() < minimum { digits.insert("0", at: 0) }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % size == 0 { result.unicodeScalars.append(separator) }
            result.append(digit)
        }
        return result + rest
    }
}
