internal import RoostPostgres

/// One thing to do, as somebody typed it.
enum ShellItem: Equatable {
    /// A statement, with its semicolon.
    case sql(String)
    /// A template: `{{ expression }}`.
    case template(String)
    /// `.describe posts`.
    case command(String, argument: String)
}

/// Puts lines together to things to do: pure, without a terminal.
///
/// A line that begins with `.` is a command, one that begins with `=` or `{` an expression or a template; everything
/// else is SQL, which goes on until a semicolon outside quotes, comments and parentheses.
struct ShellReader {
    private var pending: [UInt8] = []

    /// Whether a statement has begun and waits for more lines.
    var isInside: Bool { !isBlank(pending) }

    /// - Parameter line: without its line feed.
    /// - Returns: what is complete now, in order.
    mutating func take(_ line: String) -> [ShellItem] {
        if !isInside, let item = Self.lineItem(line) { return [item] }
        pending += Array(line.utf8) + [UInt8(ascii: "\n")]
        return statements()
    }

    /// What is left at the end of the input: a statement without its semicolon.
    mutating func finish() -> ShellItem? {
        defer { pending = [] }
        return isInside ? .sql(Self.trimmed(pending)) : nil
    }

    private static func lineItem(_ line: String) -> ShellItem? {
        let text = trimmed(Array(line.utf8))
        let rest = trimmed(Array(text.utf8.dropFirst()))
        switch text.utf8.first {
        case UInt8(ascii: "."):
            let words = rest.split(separator: " ", maxSplits: 1)
            let argument = words.count > 1 ? trimmed(Array(words[1].utf8)) : ""
            return .command(words.first.map { String($0) } ?? "", argument: argument)
        case UInt8(ascii: "="): return .template("{{ \(rest) }}")
        case UInt8(ascii: "{"): return .template(text)
        default: return nil
        }
    }

    /// Cuts off the statements that have their semicolon.
    private mutating func statements() -> [ShellItem] {
        var (items, start, depth): ([ShellItem], Int, Int) = ([], 0, 0)
        var lexer = SQLLexer(bytes: pending)
        while let token = lexer.nextSignificant() {
            guard token.kind == .punctuation else { continue }
            switch pending[token.range.lowerBound] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            case UInt8(ascii: ";") where depth == 0:
                let text = Self.trimmed(Array(pending[start..<token.range.upperBound]))
                // A semicolon alone does nothing.
                if text != ";" { items.append(.sql(text)) }
                start = token.range.upperBound
            default: break
            }
        }
        pending.removeFirst(start)
        // A comment alone waits for nothing.
        if isBlank(pending) { pending = [] }
        return items
    }

    private func isBlank(_ bytes: [UInt8]) -> Bool {
        var lexer = SQLLexer(bytes: bytes)
        while let token = lexer.next() {
            if token.kind != .blank && (token.kind != .comment || !token.isTerminated) { return false }
        }
        return true
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
        let start = bytes.drop(while: isBlank)
        let end = start.count - start.reversed().prefix(while: isBlank).count
        return String(decoding: start.prefix(end), as: UTF8.self)
    }
}
