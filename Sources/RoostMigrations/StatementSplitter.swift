internal import RoostPostgres

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
/// The SQL lexer knows strings, quoted names, dollar quotes and comments; this knows parentheses and the bodies of
/// `CREATE FUNCTION … BEGIN ATOMIC … END`.
public struct StatementSplitter {
    private var lexer: SQLLexer
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
        lexer = SQLLexer(text)
    }

    /// The statements of `text`, empty ones left out.
    ///
    /// - Throws: ``MigrationError`` without a path, at a psql meta-command such as `\copy`.
    public static func split(_ text: String) throws(MigrationError) -> [SplitStatement] {
        var splitter = StatementSplitter(text)
        while let token = splitter.lexer.nextSignificant() { splitter.take(token) }
        splitter.finish()
        if let meta = splitter.metaCommand {
            splitter.mark = (0, 1, 1)
            let place = splitter.location(of: meta)
            throw MigrationError(
                .file, "a psql command cannot run here; write SQL", line: place.line, column: place.column)
        }
        return splitter.statements
    }

    private mutating func take(_ token: SQLToken) {
        switch token.kind {
        case .punctuation where isByte(token, ";") && parentheses == 0 && blocks == 0: return finish()
        case .punctuation where isByte(token, "("): parentheses += 1
        case .punctuation where isByte(token, ")"): parentheses = max(parentheses - 1, 0)
        case .other where isByte(token, "\\") && metaCommand == nil:
            metaCommand = token.range.lowerBound
            return
        case .word: takeWord(token)
        default: break
        }
        if start == nil { start = token.range.lowerBound }
        end = token.range.upperBound
    }

    private func isByte(_ token: SQLToken, _ scalar: Unicode.Scalar) -> Bool {
        token.range.count == 1 && lexer.bytes[token.range.lowerBound] == UInt8(ascii: scalar)
    }

    private mutating func finish() {
        if let start {
            let place = location(of: start)
            let text = String(decoding: lexer.bytes[start..<end], as: UTF8.self)
            statements.append(SplitStatement(text: text, line: place.line, column: place.column))
        }
        (start, parentheses, blocks) = (nil, 0, 0)
        words.removeAll()
    }

    private mutating func takeWord(_ token: SQLToken) {
        let word = String(decoding: lexer.bytes[token.range].map { $0 | (Self.isUpper($0) ? 0x20 : 0) }, as: UTF8.self)
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
        let bytes = lexer.bytes
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
}
