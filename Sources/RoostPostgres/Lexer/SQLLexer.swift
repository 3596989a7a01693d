/// Cuts SQL text into tokens, on bytes, by the rules of PostgreSQL's scanner (`scan.l` in its sources).
///
///     var lexer = SQLLexer("SELECT 'it''s' -- why")
///     while let token = lexer.next() { … }
///
/// Any bytes may come in: what makes no sense becomes a token of kind `other` or one that is not terminated, and the
/// tokens always cover the text without gaps. Takes time in proportion to the text.
public struct SQLLexer {
    public let bytes: [UInt8]
    /// Where the next token begins.
    public internal(set) var position = 0

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next token, nil at the end of the text.
    public mutating func next() -> SQLToken? {
        guard position < bytes.count else { return nil }
        let start = position
        var isTerminated = true
        let kind = scan(&isTerminated)
        return SQLToken(kind: kind, range: start..<position, isTerminated: isTerminated)
    }

    /// The next token that is neither a blank nor a comment.
    public mutating func nextSignificant() -> SQLToken? {
        while let token = next() {
            if token.kind != .blank, token.kind != .comment { return token }
        }
        return nil
    }

    /// The text of a token, its name for a word in lower case left to the caller.
    public func text(of token: SQLToken) -> String {
        String(decoding: bytes[token.range], as: UTF8.self)
    }

    /// Whether a token is a word without quotes, spelled like this in any case.
    /// - Parameter word: in lower case.
    public func isWord(_ token: SQLToken, _ word: StaticString) -> Bool {
        guard token.kind == .word, token.range.count == word.utf8CodeUnitCount else { return false }
        return (0..<token.range.count).allSatisfy {
            SQLByte.lowercased(bytes[token.range.lowerBound + $0]) == word.utf8Start[$0]
        }
    }

    private mutating func scan(_ isTerminated: inout Bool) -> SQLToken.Kind {
        let byte = bytes[position]
        switch byte {
        case _ where SQLByte.isBlank(byte):
            skip(while: SQLByte.isBlank)
            return .blank
        case UInt8(ascii: "'"):
            isTerminated = skipString(backslashes: false)
            return .string
        case UInt8(ascii: "\""):
            isTerminated = skipQuotes(byte, backslashes: false)
            return .quotedName
        case UInt8(ascii: "$"): return scanDollar(&isTerminated)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            skipNumber()
            return .number
        case UInt8(ascii: ".") where peek(1).map(SQLByte.isDigit) ?? false:
            skipNumber()
            return .number
        case _ where SQLByte.beginsWord(byte): return scanWord(&isTerminated)
        case _ where SQLByte.isOperator(byte): return scanOperator(&isTerminated)
        default: return scanPunctuation(byte)
        }
    }

    /// The byte so far ahead, nil behind the end.
    func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    mutating func skip(while condition: (UInt8) -> Bool) {
        while position < bytes.count, condition(bytes[position]) { position += 1 }
    }

    private mutating func scanPunctuation(_ byte: UInt8) -> SQLToken.Kind {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","),
            UInt8(ascii: ";"):
            position += 1
        case UInt8(ascii: ":"): position += peek(1) == byte || peek(1) == UInt8(ascii: "=") ? 2 : 1
        case UInt8(ascii: "."): position += peek(1) == byte ? 2 : 1
        default:
            position += 1
            return .other
        }
        return .punctuation
    }

    /// A word, or a string or name whose prefix the word is.
    private mutating func scanWord(_ isTerminated: inout Bool) -> SQLToken.Kind {
        let prefix = SQLByte.lowercased(bytes[position])
        if peek(1) == UInt8(ascii: "'"), let backslashes = SQLByte.stringPrefix(prefix) {
            position += 1
            isTerminated = skipString(backslashes: backslashes)
            return .string
        }
        if prefix == UInt8(ascii: "u"), peek(1) == UInt8(ascii: "&"), let quote = peek(2) {
            if quote == UInt8(ascii: "'") {
                position += 2
                isTerminated = skipString(backslashes: false)
                return .string
            }
            if quote == UInt8(ascii: "\"") {
                position += 2
                isTerminated = skipQuotes(quote, backslashes: false)
                return .quotedName
            }
        }
        skip(while: SQLByte.continuesWord)
        return .word
    }

    /// An operator, or the comment that begins like one.
    private mutating func scanOperator(_ isTerminated: inout Bool) -> SQLToken.Kind {
        if startsLineComment(at: position) {
            skipLine()
            return .comment
        }
        if startsBlockComment(at: position) {
            isTerminated = skipBlockComment()
            return .comment
        }
        skipOperator()
        return .operator
    }
}

/// The classes of bytes that the scanner knows. Bytes above 127 belong to words, as in PostgreSQL.
enum SQLByte {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func beginsWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 || byte >= 0x80 || byte == UInt8(ascii: "_")
    }

    static func continuesWord(_ byte: UInt8) -> Bool {
        beginsWord(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
    }

    static func isOperator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "="):
            true
        default: allowsTrailingSign(byte)
        }
    }

    /// An operator may end in `+` or `-` only when it holds one of these; else the sign belongs to what follows.
    static func allowsTrailingSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "%"),
            UInt8(ascii: "^"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "?"):
            true
        default: false
        }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// Whether the letter before a quote makes a string, and whether backslashes escape in it.
    static func stringPrefix(_ lowercased: UInt8) -> Bool? {
        switch lowercased {
        case UInt8(ascii: "e"): true
        case UInt8(ascii: "b"), UInt8(ascii: "x"), UInt8(ascii: "n"): false
        default: nil
        }
    }
}
