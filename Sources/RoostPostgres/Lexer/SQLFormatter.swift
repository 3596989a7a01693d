/// Prints a statement so that people can read it: keywords in capitals, a clause per line, subqueries indented.
///
///     SQLFormatter.format("select id from users where id = $1 and not banned")
///     // SELECT id
///     // FROM users
///     // WHERE id = $1
///     //   AND NOT banned
///
/// Changes blanks and the case of keywords, nothing else: the tokens stay what they were. For eyes, not for hot paths.
public struct SQLFormatter {
    /// An open bracket.
    private struct Bracket {
        /// It holds a query, which gets lines of its own.
        let isBlock: Bool
        /// BETWEEN, whose AND does not begin a line.
        var awaitsAnd = false
        var openCases = 0
    }

    private static let width = 100
    private static let step = 4
    private var lexer: SQLLexer
    private var out: [UInt8] = []
    private var lineStart = 0
    private var brackets: [Bracket] = [Bracket(isBlock: true)]
    /// Text of the last token, words in lower case; empty at the start.
    private var last = ""
    private var lastKind = SQLToken.Kind.blank
    /// Where the lines of each open query begin, and how far the line being written is indented.
    private var blockIndents = [0]
    private var lineIndent = 0
    private var needsLine = false
    private var followsSign = false

    private init(_ statement: String) {
        lexer = SQLLexer(statement)
    }

    /// The statement on several lines, without a line feed at the end.
    public static func format(_ statement: String) -> String {
        var formatter = SQLFormatter(statement)
        while let token = formatter.lexer.next() {
            if token.kind != .blank { formatter.take(token) }
        }
        return String(decoding: formatter.out, as: UTF8.self)
    }

    private mutating func take(_ token: SQLToken) {
        let text = lexer.text(of: token)
        switch token.kind {
        case .word: takeWord(text)
        case .comment:
            put(text, token)
            needsLine = needsLine || text.utf8.starts(with: "--".utf8)
            return
        case .punctuation where text == "(": takeOpening(token)
        case .punctuation where text == ")": takeClosing(token)
        case .operator:
            let isSign = (text == "-" || text == "+") && expectsOperand
            put(text, token)
            followsSign = isSign
        default: put(text, token)
        }
        last = token.kind == .word ? lowercased(text) : text
        lastKind = token.kind
        if text == ";", token.kind == .punctuation {
            (brackets, blockIndents) = ([Bracket(isBlock: true)], [0])
            needsLine = true
        }
    }

    // MARK: Words

    private mutating func takeWord(_ text: String) {
        let word = lowercased(text)
        if beginsLine(word) { breakLine(indent: word == "and" || word == "or" ? 2 : 0) }
        note(word)
        let isKeyword = SQLKeyword.capitals.contains(word) && last != "."
        put(isKeyword ? uppercased(word) : text, spaced: spaceBeforeWord)
    }

    private var spaceBeforeWord: Bool { last != "(" && last != "[" && last != "." && last != "::" && !followsSign }

    private func beginsLine(_ word: String) -> Bool {
        guard let bracket = brackets.last, bracket.isBlock, !out.isEmpty, last != "(", bracket.openCases == 0 else {
            return false
        }
        switch word {
        case "select", "where", "having", "limit", "offset", "union", "except", "intersect", "returning", "values",
            "window":
            return true
        case "set": return last != "update"
        case "from": return last != "distinct" && last != "delete"
        case "group", "order": return nextWord == "by"
        case "and": return !bracket.awaitsAnd
        case "or": return last != "create"
        case "left", "right", "full", "cross", "inner", "natural": return nextWord == "join" || nextWord == "outer"
        case "join": return !["left", "right", "full", "cross", "inner", "outer", "natural"].contains(last)
        case "on": return nextWord == "conflict"
        case "insert", "update", "delete": return last == ")"
        default: return false
        }
    }

    private mutating func note(_ word: String) {
        let top = brackets.count - 1
        switch word {
        case "between": brackets[top].awaitsAnd = true
        case "and": brackets[top].awaitsAnd = false
        case "case": brackets[top].openCases += 1
        case "end": brackets[top].openCases = max(0, brackets[top].openCases - 1)
        default: break
        }
    }

    private var nextWord: String? {
        var ahead = lexer
        guard let token = ahead.nextSignificant(), token.kind == .word else { return nil }
        return lowercased(ahead.text(of: token))
    }

    private var expectsOperand: Bool {
        switch lastKind {
        case .operator, .blank: true
        case .punctuation: last != ")" && last != "]"
        case .word: SQLKeyword.precedeOperand.contains(last)
        default: false
        }
    }

    // MARK: Brackets

    private mutating func takeOpening(_ token: SQLToken) {
        let isBlock = nextWord == "select" || nextWord == "with"
        put("(", token)
        brackets.append(Bracket(isBlock: isBlock))
        guard isBlock else { return }
        // A hostile depth must not make the indentation grow with the square of the text.
        blockIndents.append(min(lineIndent + Self.step, 20 * Self.step))
        breakLine(indent: 0)
    }

    private mutating func takeClosing(_ token: SQLToken) {
        if brackets.count > 1, brackets.removeLast().isBlock {
            let inner = blockIndents.removeLast()
            breakLine(at: max(0, inner - Self.step))
        }
        put(")", token)
    }

    // MARK: Output

    private mutating func put(_ text: String, _ token: SQLToken) {
        let glue =
            switch token.kind {
            case .punctuation:
                switch text {
                case "(": !callsFunction
                case "[": lastKind == .operator || last == ","
                default: false
                }
            default: spaceBeforeWord
            }
        put(text, spaced: glue)
    }

    private var callsFunction: Bool {
        switch lastKind {
        case .word: !SQLKeyword.takesSpaceBeforeBracket.contains(last)
        case .quotedName: true
        default: last == "(" || last == "["
        }
    }

    private mutating func put(_ text: String, spaced: Bool) {
        followsSign = false
        if needsLine { breakLine(indent: 0) }
        let isFull = last == "," && out.count - lineStart + text.utf8.count > Self.width
        if isFull { breakLine(indent: Self.step) }
        if spaced, out.count > 0, out.last != 0x20, out.last != 0x0A { out.append(0x20) }
        out.append(contentsOf: text.utf8)
    }

    private mutating func breakLine(indent: Int) { breakLine(at: (blockIndents.last ?? 0) + indent) }

    private mutating func breakLine(at indent: Int) {
        needsLine = false
        while out.last == 0x20 { out.removeLast() }
        guard !out.isEmpty else { return }
        if out.last != 0x0A { out.append(0x0A) }
        lineStart = out.count
        lineIndent = indent
        out.append(contentsOf: repeatElement(0x20, count: indent))
    }

    private func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map(SQLByte.lowercased), as: UTF8.self)
    }

    private func uppercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self)
    }
}
