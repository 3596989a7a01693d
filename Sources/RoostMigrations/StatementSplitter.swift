/// One statement of a text.
public struct SplitStatement: Sendable, Hashable {
    /// From the first word to the last, without the semicolon.
    public let text: String
    /// Line of the text on which the statement starts, from 1.
    public let line: Int
    /// Character of that line, from 1.
    public let column: Int
}

/// Splits SQL text at the semicolons that end statements, as psql does.
///
/// Knows strings, E-strings, quoted identifiers, dollar quotes, nested comments, parentheses and the bodies of
/// `CREATE FUNCTION … BEGIN ATOMIC … END`.
public struct StatementSplitter {
    private let bytes: [UInt8]
    private var position = 0
    private var start: Int?
    private var end = 0
    private var parentheses = 0
    private var blocks = 0
    /// The statement's first words in lower case; enough to see CREATE OR REPLACE FUNCTION.
    private var words: [String] = []
    private var statements: [SplitStatement] = []
    private var metaCommand: Int?
    /// Where line and column were last counted, so that a long file is counted once.
    private var mark = (position: 0, line: 1, column: 1)

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The statements of `text`, empty ones left out.
    ///
    /// - Throws: ``MigrationError`` without a path, at a psql meta-command such as `\copy`.
    public static func split(_ text: String) throws(MigrationError) -> [SplitStatement] {
        var splitter = StatementSplitter(text)
        while splitter.position < splitter.bytes.count { splitter.step() }
        splitter.finish()
        if let meta = splitter.metaCommand {
            splitter.mark = (0, 1, 1)
            let place = splitter.location(of: meta)
            throw MigrationError(
                .file, "a psql command cannot run here; write SQL", line: place.line, column: place.column)
        }
        return splitter.statements
    }

    private mutating func step() {
        let byte = bytes[position]
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, 0x0C: position += 1
        case UInt8(ascii: "-") where peek(1) == byte: skipLine()
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
        case UInt8(ascii: ";") where parentheses == 0 && blocks == 0:
            finish()
            position += 1
        case UInt8(ascii: "'"): token { $0.skipQuoted(byte, backslashes: false) }
        case UInt8(ascii: "\""): token { $0.skipQuoted(byte, backslashes: false) }
        case UInt8(ascii: "$"): token { $0.skipDollar() }
        case UInt8(ascii: "("): token { ($0.parentheses, $0.position) = ($0.parentheses + 1, $0.position + 1) }
        case UInt8(ascii: ")"): token { ($0.parentheses, $0.position) = (max($0.parentheses - 1, 0), $0.position + 1) }
        case UInt8(ascii: "\\") where metaCommand == nil:
            metaCommand = position
            position += 1
        default: token { Self.isWord(byte) ? $0.skipWord() : ($0.position += 1) }
        }
    }

    private func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    /// Runs `skip` over something that belongs to a statement.
    private mutating func token(_ skip: (inout Self) -> Void) {
        if start == nil { start = position }
        skip(&self)
        end = position
    }

    private mutating func finish() {
        if let start {
            let place = location(of: start)
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            statements.append(SplitStatement(text: text, line: place.line, column: place.column))
        }
        (start, parentheses, blocks) = (nil, 0, 0)
        words.removeAll()
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    /// Comments nest in PostgreSQL.
    private mutating func skipComment() {
        var depth = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
            }
        }
    }

    /// A doubled quote ends and starts again, which comes to the same thing.
    private mutating func skipQuoted(_ quote: UInt8, backslashes: Bool) {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += backslashes && byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == quote { break }
        }
        position = min(position, bytes.count)
    }

    /// `$$ … $$` or `$tag$ … $tag$`; a lone dollar or a parameter such as `$1` is one byte.
    private mutating func skipDollar() {
        var close = position + 1
        while close < bytes.count, Self.isWord(bytes[close]), bytes[close] != UInt8(ascii: "$") { close += 1 }
        let startsWithDigit = peek(1).map { (0x30...0x39).contains($0) } ?? false
        guard close < bytes.count, bytes[close] == UInt8(ascii: "$"), !startsWithDigit else {
            position += 1
            return
        }
        let tag = bytes[position...close]
        position = close + 1
        while position + tag.count <= bytes.count {
            if bytes[position..<position + tag.count].elementsEqual(tag) {
                position += tag.count
                return
            }
            position += 1
        }
        position = bytes.count
    }

    private mutating func skipWord() {
        let begin = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[begin..<position].map { $0 | (Self.isUpper($0) ? 0x20 : 0) }, as: UTF8.self)
        if word == "e", peek(0) == UInt8(ascii: "'") { skipQuoted(UInt8(ascii: "'"), backslashes: true) }
        if words.count < 4 { words.append(word) }
        count(word)
    }

    /// Follows BEGIN, CASE and END inside the body of a function written in standard SQL.
    private mutating func count(_ word: String) {
        guard parentheses == 0, words.first == "create" else { return }
        let kind = words.dropFirst().first { $0 != "or" && $0 != "replace" }
        guard kind == "function" || kind == "procedure" else { return }
        switch word {
        case "begin": blocks += 1
        case "case" where blocks > 0: blocks += 1
        case "end" where blocks > 0: blocks -= 1
        default: break
        }
    }

    private mutating func location(of target: Int) -> (line: Int, column: Int) {
        while mark.position < target {
            if bytes[mark.position] == UInt8(ascii: "\n") {
                (mark.line, mark.column) = (mark.line + 1, 1)
            } else if mark.position + 1 >= bytes.count || bytes[mark.position + 1] & 0xC0 != 0x80 {
                // Counted at the last byte of each character.
                mark.column += 1
            }
            mark.position += 1
        }
        return (mark.line, mark.column)
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: true
        default: false
        }
    }
}
