internal import Glibc
internal import RoostMarkup

/// C's formatting of one float.
func cFormat(_ format: String, _ precision: Int, _ number: Double) -> String {
    withVaList([Int32(clamping: precision), number]) { arguments in
        var buffer = [CChar](repeating: 0, count: 400)
        let length = vsnprintf(&buffer, buffer.count, format, arguments)
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Python's `format % values`. Safe formats escape the values that are not.
///
/// - Throws: `TemplateError` for a bad format, a wrong type, missing or surplus values.
func percentFormat(_ format: String, isSafe: Bool, values: TemplateValue) throws -> TemplateValue {
    var formatter = PercentFormatter(values: values, isSafe: isSafe)
    let text = try formatter.format(format)
    return isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
}

private struct PercentFormatter {
    private let mapping: TemplateDictionary?
    private var rest: [TemplateValue]
    private let isSafe: Bool

    private struct Directive {
        var key: String?
        var flags = ""
        var width = 0
        var precision: Int?
        var type: Character = "s"
    }

    init(values: TemplateValue, isSafe: Bool) {
        self.isSafe = isSafe
        mapping = if case .dict(let dictionary) = values { dictionary } else { nil }
        rest = if case .tuple(let list) = values { list.items } else { [values] }
    }

    mutating func format(_ text: String) throws -> String {
        var result = ""
        var left = text[...]
        while let percent = left.firstIndex(of: "%") {
            result += left[..<percent]
            left = left[left.index(after: percent)...]
            let directive = try parse(&left)
            result += directive.type == "%" ? "%" : try padded(try formatted(directive), directive)
        }
        if mapping == nil, !rest.isEmpty { throw TemplateError("not all arguments converted during string formatting") }
        return result + left
    }

    private mutating func parse(_ text: inout Substring) throws -> Directive {
        var directive = Directive()
        if text.first == "(" {
            guard let end = text.firstIndex(of: ")") else { throw TemplateError("incomplete format key") }
            directive.key = String(text[text.index(after: text.startIndex)..<end])
            text = text[text.index(after: end)...]
        }
        while let flag = text.first, "-+ 0#".contains(flag) {
            directive.flags.append(flag)
            text.removeFirst()
        }
        directive.width = try number(&text) ?? 0
        if text.first == "." {
            text.removeFirst()
            directive.precision = try number(&text) ?? 0
        }
        while let modifier = text.first, "hlL".contains(modifier) { text.removeFirst() }
        guard let type = text.popFirst() else { throw TemplateError("incomplete format") }
        directive.type = type
        return directive
    }

    private mutating func number(_ text: inout Substring) throws -> Int? {
        if text.first == "*" {
            text.removeFirst()
            return try next(nil).intValue
        }
        let digits = text.prefix { ("0"..."9").contains($0) }
        text = text.dropFirst(digits.count)
        return digits.isEmpty ? nil : min(Int(digits) ?? 0, 100_000)
    }

    private mutating func next(_ key: String?) throws -> TemplateValue {
        if let key {
            guard let mapping else { throw TemplateError("format requires a mapping") }
            guard let value = mapping[key] else { throw TemplateError(pythonQuoted(key)) }
            return value
        }
        guard !rest.isEmpty else { throw TemplateError("not enough arguments for format string") }
        return rest.removeFirst()
    }

    private mutating func formatted(_ directive: Directive) throws -> String {
        let value = try next(directive.key)
        switch directive.type {
        case "s", "r", "a": return try text(value, directive)
        case "d", "i", "u":
            guard let number = value.intValue ?? value.doubleValue.flatMap({ Int(exactly: $0.rounded(.towardZero)) })
            else { throw TemplateError("%\(directive.type) format: a real number is required, not \(value.typeName)") }
            return signed(String(number), directive)
        case "x": return signed(String(try integer(value, "x"), radix: 16), directive)
        case "X": return signed(String(try integer(value, "X"), radix: 16, uppercase: true), directive)
        case "o": return signed(String(try integer(value, "o"), radix: 8), directive)
        case "f", "F", "e", "E", "g", "G":
            guard let number = value.doubleValue else { throw TemplateError("must be real number, not \(value.typeName)") }
            return signed(cFormat("%.*\(directive.type)", directive.precision ?? 6, number), directive)
        case "c": return try value.intValue.flatMap { UnicodeScalar($0) }.map { String($0) } ?? value.text()
        default: throw TemplateError("unsupported format character '\(directive.type)'")
        }
    }

    private func integer(_ value: TemplateValue, _ type: String) throws -> Int {
        guard let number = value.intValue else {
            throw TemplateError("%\(type) format: an integer is required, not \(value.typeName)")
        }
        return number
    }

    private func text(_ value: TemplateValue, _ directive: Directive) throws -> String {
        var text = directive.type == "s" ? try value.text() : try value.repr()
        if isSafe, !value.isSafe { text = HTMLEscape.escaped(text) }
        return directive.precision.map { String(text.unicodeScalars.prefix($0)) } ?? text
    }

    private func signed(_ digits: String, _ directive: Directive) -> String {
        guard !digits.hasPrefix("-") else { return digits }
        return directive.flags.contains("+") ? "+" + digits : directive.flags.contains(" ") ? " " + digits : digits
    }

    private func padded(_ text: String, _ directive: Directive) throws -> String {
        let missing = directive.width - text.unicodeScalars.count
        guard missing > 0 else { return text }
        if directive.flags.contains("-") { return text + String(repeating: " ", count: missing) }
        guard directive.flags.contains("0"), !"src".contains(directive.type) else {
            return String(repeating: " ", count: missing) + text
        }
        let sign = text.prefix { "+- ".contains($0) }
        return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
    }
}
