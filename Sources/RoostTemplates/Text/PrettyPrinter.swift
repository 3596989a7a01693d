/// Python's `pprint.pformat` with its defaults: 80 columns, sorted keys.
struct PrettyPrinter {
    private static let width = 80
    private var result = ""

    static func text(of value: TemplateValue) throws -> String {
        var printer = PrettyPrinter()
        try printer.write(value, indent: 0, allowance: 0, depth: 0)
        return printer.result
    }

    private mutating func write(_ value: TemplateValue, indent: Int, allowance: Int, depth: Int) throws {
        guard depth < ValueWalk.maximumDepth else { throw ValueWalk.tooDeep }
        try TemplateLimits.standard.checkText(result.utf8.count)
        let plain = try PrettyPrinter.plain(value)
        if plain.unicodeScalars.count <= PrettyPrinter.width - indent - allowance {
            result += plain
            return
        }
        switch value {
        case .dict(let dictionary) where dictionary.count > 0:
            try write(dictionary.sortedEntries, indent: indent, allowance: allowance + 1, depth: depth)
        case .list(let list) where !list.items.isEmpty:
            try write(list.items, "[", "]", indent: indent, allowance: allowance, depth: depth)
        case .tuple(let list) where !list.items.isEmpty:
            let close = list.items.count == 1 ? ",)" : ")"
            try write(list.items, "(", close, indent: indent, allowance: allowance, depth: depth)
        case .string(let text): write(text, indent: indent, allowance: allowance, depth: depth)
        default: result += plain
        }
    }

    private mutating func write(
        _ items: [TemplateValue], _ open: String, _ close: String, indent: Int, allowance: Int, depth: Int
    ) throws {
        result += open
        for (index, item) in items.enumerated() {
            let isLast = index == items.count - 1
            try write(item, indent: indent + 1, allowance: isLast ? allowance + close.utf8.count : 1, depth: depth + 1)
            if !isLast { result += ",\n" + String(repeating: " ", count: indent + 1) }
        }
        result += close
    }

    private mutating func write(
        _ entries: [TemplateDictionary.Entry], indent: Int, allowance: Int, depth: Int
    ) throws {
        result += "{"
        for (index, entry) in entries.enumerated() {
            let key = try PrettyPrinter.plain(entry.key)
            let isLast = index == entries.count - 1
            result += key + ": "
            let column = indent + 1 + key.unicodeScalars.count + 2
            try write(entry.value, indent: column, allowance: isLast ? allowance : 1, depth: depth + 1)
            if !isLast { result += ",\n" + String(repeating: " ", count: indent + 1) }
        }
        result += "}"
    }

    /// Long strings are cut between words into literals below each other.
    private mutating func write(_ text: String, indent: Int, allowance: Int, depth: Int) {
        let (indent, allowance) = depth == 0 ? (indent + 1, allowance + 1) : (indent, allowance)
        let limit = PrettyPrinter.width - indent
        var chunks: [String] = []
        let lines = text.pythonLines(keepingEnds: true)
        for (index, line) in lines.enumerated() {
            let isLastLine = index == lines.count - 1
            let quoted = pythonQuoted(line)
            if quoted.unicodeScalars.count <= (isLastLine ? limit - allowance : limit) {
                chunks.append(quoted)
                continue
            }
            let parts = PrettyPrinter.parts(of: line)
            var current = ""
            for (position, part) in parts.enumerated() {
                let room = isLastLine && position == parts.count - 1 ? limit - allowance : limit
                if pythonQuoted(current + part).unicodeScalars.count > room {
                    if !current.isEmpty { chunks.append(pythonQuoted(current)) }
                    current = part
                } else {
                    current += part
                }
            }
            if !current.isEmpty { chunks.append(pythonQuoted(current)) }
        }
        let joined = chunks.joined(separator: "\n" + String(repeating: " ", count: indent))
        result += chunks.count == 1 ? joined : depth == 0 ? "(" + joined + ")" : joined
    }

    /// Words with the whitespace behind them.
    private static func parts(of line: String) -> [String] {
        var parts: [String] = []
        var current = String.UnicodeScalarView()
        var inSpace = false
        for scalar in line.unicodeScalars {
            if inSpace, !scalar.isPythonSpace {
                parts.append(String(current))
                current = String.UnicodeScalarView()
            }
            inSpace = scalar.isPythonSpace
            current.append(scalar)
        }
        return current.isEmpty ? parts : parts + [String(current)]
    }

    /// The value on one line, with sorted keys.
    private static func plain(_ value: TemplateValue) throws -> String {
        var writer = ReprWriter(limits: .standard, sortsKeys: true)
        try writer.write(value)
        return writer.text
    }
}
