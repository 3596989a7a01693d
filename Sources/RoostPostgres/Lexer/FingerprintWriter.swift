/// Writes the folded text of a statement, token by token, in one pass.
struct FingerprintWriter {
    /// What stands at the end of the text so far; spacing and folding depend on it.
    enum Piece {
        case start, word, name, value, sign, symbol, open, close, comma, semicolon, joint
    }

    /// An open bracket, or the rows of a VALUES, which have none of their own.
    struct Frame {
        enum Kind {
            /// Elements are written as they come.
            case plain
            /// Commas part elements that are written once for each shape.
            case list
            /// Bracketed rows that are written once for each shape.
            case rows
            /// The modifiers of a type: its numbers stay.
            case modifiers
        }

        let kind: Kind
        var elementStart: Int
        /// Before the comma that leads to the element.
        var separatorStart: Int
        var seen: Set<[UInt8]> = []
    }

    var lexer: SQLLexer
    var out: [UInt8] = []
    var last = Piece.start
    /// The last word in lower case, while it is the last piece.
    var word = ""
    var frames: [Frame] = []
    /// A sign that belongs to the number behind it, if one comes.
    var pendingSign: SQLToken?
    /// A semicolon is written when something follows it.
    var pendingSemicolon = false
    /// The name behind INTO is a table, not a function, when a bracket follows.
    var into = Into.none

    enum Into {
        case none, awaitsName, hasName
    }

    init(_ lexer: SQLLexer) {
        self.lexer = lexer
        out.reserveCapacity(min(lexer.bytes.count, 4096))
    }

    mutating func write() -> [UInt8] {
        while let token = lexer.nextSignificant() {
            if pendingSemicolon, !begins(token, ";") {
                pendingSemicolon = false
                put([UInt8(ascii: ";")], as: .semicolon, spaced: false)
            }
            take(token)
        }
        flushSign()
        return out
    }

    private mutating func take(_ token: SQLToken) {
        if token.kind == .number, pendingSign != nil { pendingSign = nil } else { flushSign() }
        if let frame = frames.last, frame.kind == .rows, !continuesRows(token) { frames.removeLast() }
        guard token.isTerminated else { return putValue() }
        switch token.kind {
        case .blank, .comment: break
        case .string, .dollarString, .parameter: putValue()
        case .number: frames.last?.kind == .modifiers ? put(bytes(of: token), as: .value) : putValue()
        case .quotedName:
            noteName(isInto: false)
            put(bytes(of: token), as: .name)
        case .word: takeWord(token)
        case .operator: takeOperator(token)
        case .punctuation: takePunctuation(token)
        case .other: put(bytes(of: token), as: .symbol)
        }
    }

    private func bytes(of token: SQLToken) -> ArraySlice<UInt8> { lexer.bytes[token.range] }

    // MARK: Words

    private mutating func takeWord(_ token: SQLToken) {
        let folded = bytes(of: token).map(SQLByte.lowercased)
        let name = String(decoding: folded, as: UTF8.self)
        if name == "true" || name == "false" || name == "null", isValuePlace { return putValue() }
        noteName(isInto: name == "into")
        put(folded, as: .word)
        word = name
        if name == "values", nextIsOpening { open(.rows) }
    }

    private mutating func noteName(isInto: Bool) {
        if isInto {
            into = .awaitsName
        } else if into == .awaitsName {
            into = .hasName
        } else if last != .joint {
            into = .none
        }
    }

    private var nextIsOpening: Bool {
        var ahead = lexer
        guard let next = ahead.nextSignificant() else { return false }
        return begins(next, "(")
    }

    func begins(_ token: SQLToken, _ punctuation: Unicode.Scalar) -> Bool {
        token.kind == .punctuation && lexer.bytes[token.range.lowerBound] == UInt8(ascii: punctuation)
    }

    /// Where TRUE, FALSE and NULL are values; elsewhere they belong to the statement, as in IS NULL.
    private var isValuePlace: Bool {
        switch last {
        case .symbol, .comma, .open: true
        case .word: ["then", "else", "select", "between", "return"].contains(word)
        default: false
        }
    }

    // MARK: Operators

    private mutating func takeOperator(_ token: SQLToken) {
        let text = bytes(of: token)
        let isSign = text.count == 1 && (text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+"))
        if isSign, isOperandPlace {
            pendingSign = token
        } else {
            put(text, as: .symbol)
        }
    }

    private var isOperandPlace: Bool {
        switch last {
        case .start, .symbol, .comma, .open, .semicolon, .sign: true
        case .word: SQLKeyword.precedeOperand.contains(word)
        default: false
        }
    }

    private mutating func flushSign() {
        guard let sign = pendingSign else { return }
        pendingSign = nil
        put(bytes(of: sign), as: .sign)
    }

    // MARK: Output

    mutating func putValue() { put([UInt8(ascii: "?")], as: .value) }

    mutating func put(_ bytes: some Collection<UInt8>, as piece: Piece, spaced: Bool = true) {
        if spaced, needsSpace(before: piece) { out.append(0x20) }
        out.append(contentsOf: bytes)
        last = piece
    }

    private func needsSpace(before piece: Piece) -> Bool {
        switch last {
        case .start, .open, .joint, .sign: false
        default: piece != .comma && piece != .close && piece != .joint && piece != .semicolon
        }
    }
}
