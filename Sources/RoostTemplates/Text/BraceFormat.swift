internal import RoostMarkup

/// Python's `text.format(…)`. A safe text escapes what is filled in.
struct BraceFormatter {
    let call: TemplateCall
    let isSafe: Bool
    /// The values by name when they come from a dictionary: `format_map`.
    var mapping: TemplateDictionary?
    private var nextIndex = 0

    init(call: TemplateCall, isSafe: Bool, mapping: TemplateDictionary? = nil) {
        self.call = call
        self.isSafe = isSafe
        self.mapping = mapping
    }

    mutating func format(_ text: String, depth: Int = 0) throws -> String {
        guard depth < 2 else { throw TemplateError("Max string recursion exceeded") }
        var result = ""
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                result.unicodeScalars.append(scalar)
            case "{":
                result += try field(&rest, depth)
                try call.state.limits.checkText(result.utf8.count)
            case "}": throw TemplateError("Single '}' encountered in format string")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private mutating func field(_ rest: inout ArraySlice<Unicode.Scalar>, _ depth: Int) throws -> String {
        guard let end = closing(rest) else {
            throw TemplateError(
                rest.isEmpty ? "Single '{' encountered in format string" : "expected '}' before end of string")
        }
        let field = rest[..<end]
        rest = rest[(end + 1)...]
        let nameEnd = endOfName(field)
        var value = try self.value(String(String.UnicodeScalarView(field[..<nameEnd])))
        var tail = field[nameEnd...]
        if tail.first == "!" {
            tail.removeFirst()
            value = try converted(value, tail.popFirst())
        }
        let specification = tail.first == ":" ? String(String.UnicodeScalarView(tail.dropFirst())) : ""
        return try formatted(
            value, specification.contains("{") ? try format(specification, depth: depth + 1) : specification)
    }

    private func closing(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
        var open = 1
        for index in rest.indices {
            if rest[index] == "{" { open += 1 }
            if rest[index] == "}" { open -= 1 }
            if open == 0 { return index }
        }
        return nil
    }

    private func endOfName(_ field: ArraySlice<Unicode.Scalar>) -> Int {
        var inBrackets = false
        for index in field.indices {
            if field[index] == "[" { inBrackets = true }
            if field[index] == "]" { inBrackets = false }
            if !inBrackets, field[index] == "!" || field[index] == ":" { return index }
        }
        return field.endIndex
    }

    private func converted(_ value: TemplateValue, _ conversion: Unicode.Scalar?) throws -> TemplateValue {
        switch conversion {
        case "r", "a": .string(try value.repr())
        case "s": .string(try value.text())
        default: throw TemplateError("Unknown conversion specifier in format string")
        }
    }

    private func formatted(_ value: TemplateValue, _ specification: String) throws -> String {
        if isSafe, value.isSafe {
            guard specification.isEmpty else { throw TemplateError("Unsupported format specification for Markup.") }
            return try value.text()
        }
        let text = specification.isEmpty ? try value.text() : try FormatSpecification(specification).format(value)
        return isSafe ? HTMLEscape.escaped(text) : text
    }

    // MARK: Names

    /// The value of `0`, `name`, nothing, with `.member` and `[key]` behind it.
    private mutating func value(_ path: String) throws -> TemplateValue {
        let end = path.firstIndex { $0 == "." || $0 == "[" } ?? path.endIndex
        var value = try root(String(path[..<end]))
        var rest = path[end...]
        while let first = rest.popFirst() {
            if first == "[" {
                guard let close = rest.firstIndex(of: "]") else { throw TemplateError("Missing ']' in format string") }
                let key = rest[..<close]
                value = try value.item(Int(key).map { .int($0) } ?? .string(String(key)), call.state)
                rest = rest[rest.index(after: close)...]
            } else {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard first == ".", !name.isEmpty else { throw TemplateError("Empty attribute in format string") }
                value = try value.attribute(String(name), call.state)
                rest = rest.dropFirst(name.count)
            }
            if case .undefined(let undefined) = value { throw TemplateError(undefined.message) }
        }
        return value
    }

    private mutating func root(_ name: String) throws -> TemplateValue {
        if name.isEmpty || Int(name) != nil, mapping == nil {
            let index = Int(name) ?? nextIndex
            if name.isEmpty { nextIndex += 1 }
            guard let value = call[index] else {
                throw TemplateError("Replacement index \(index) out of range for positional args tuple")
            }
            return value
        }
        guard let value = mapping.map({ $0[name] }) ?? call[name] else { throw TemplateError(pythonQuoted(name)) }
        return value
    }
}
