/// Turns the bytes of a template into tokens, with Jinja's rules for whitespace.
struct Lexer {
    private let source: [UInt8]
    private let options: TemplateOptions
    private(set) var position = 0
    private(set) var line = 1
    private(set) var tokens: [Token] = []
    /// Where the current line begins.
    private var lineStart = 0
    /// A character of the current line and its number.
    private var counted = (offset: 0, column: 1)
    /// Where the token in hand begins.
    private var tokenStart = 0
    /// Whether the text at `position` begins a line, which `lstripBlocks` needs.
    private var startsLine = true
    /// The closing brackets that are still expected inside a tag.
    private var brackets: [UInt8] = []

    init(_ source: String, options: TemplateOptions) {
        self.source = Lexer.normalized(source, keepTrailingNewline: options.keepTrailingNewline)
        self.options = options
    }

    /// Every line end becomes one newline; the last one goes unless the options keep it.
    private static func normalized(_ source: String, keepTrailingNewline: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.utf8.count)
        var afterReturn = false
        for byte in source.utf8 {
            if byte == 0x0D { bytes.append(0x0A) } else if byte != 0x0A || !afterReturn { bytes.append(byte) }
            afterReturn = byte == 0x0D
        }
        if !keepTrailingNewline, bytes.last == 0x0A { bytes.removeLast() }
        return bytes
    }

    /// The tokens of the whole template.
    ///
    /// - Throws: `TemplateError` with the line of a character or tag that cannot stand.
    mutating func tokenize() throws -> [Token] {
        tokens.reserveCapacity(source.count / 8 + 8)
        while position < source.count { try readText() }
        // As in Jinja the end has the line of what came last.
        tokens.append(Token(kind: .end, text: "", line: tokens.last?.line ?? 1, column: 0))
        return tokens
    }

    // MARK: Text between tags

    private mutating func readText() throws {
        let start = position
        guard let tag = nextTag(from: start) else {
            addData(start..<source.count)
            position = source.count
            return
        }
        let kind = source[tag + 1]
        let sign = byte(at: tag + 2).flatMap { $0 == 0x2D || $0 == 0x2B ? $0 : nil }
        let end = textEnd(start..<tag, sign: sign, isVariable: kind == 0x7B)
        addData(start..<end)
        countLines(end..<tag)
        tokenStart = tag
        position = tag + (sign == nil ? 2 : 3)
        startsLine = false
        if kind == 0x23 {
            try skipComment()
        } else if kind == 0x7B {
            add(.variableBegin, "")
            try readTag(closing: 0x7D, .variableEnd)
        } else if let rawStart = rawBegin() {
            try readRaw(from: rawStart)
        } else {
            add(.blockBegin, "")
            try readTag(closing: 0x25, .blockEnd)
        }
    }

    /// The position of the next `{{`, `{%` or `{#`.
    private func nextTag(from start: Int) -> Int? {
        var index = start
        while index + 1 < source.count {
            if source[index] == 0x7B {
                let next = source[index + 1]
                if next == 0x7B || next == 0x25 || next == 0x23 { return index }
            }
            index += 1
        }
        return nil
    }

    /// Where text before a tag ends once `-` or `lstripBlocks` took whitespace from it.
    private func textEnd(_ text: Range<Int>, sign: UInt8?, isVariable: Bool) -> Int {
        if sign == 0x2D { return strippedEnd(text) }
        guard options.lstripBlocks, sign != 0x2B, !isVariable else { return text.upperBound }
        let lineStart = source[text].lastIndex(of: 0x0A).map { $0 + 1 }
        guard lineStart != nil || startsLine else { return text.upperBound }
        let end = strippedEnd((lineStart ?? text.lowerBound)..<text.upperBound)
        return end == (lineStart ?? text.lowerBound) ? end : text.upperBound
    }

    private func strippedEnd(_ text: Range<Int>) -> Int {
        var end = text.upperBound
        while end > text.lowerBound, let width = spaceWidth(endingAt: end, from: text.lowerBound) { end -= width }
        return end
    }

    private mutating func skipWhitespace() {
        while let width = spaceWidth(at: position) {
            if source[position] == 0x0A { beginLine(after: position) }
            position += width
        }
    }

    private mutating func skipComment() throws {
        let start = position
        guard start < source.count else { return }
        var end = position
        while end + 1 < source.count, !(source[end] == 0x23 && source[end + 1] == 0x7D) { end += 1 }
        guard end + 1 < source.count else { throw failure("Missing end of comment tag") }
        countLines(start..<end)
        position = end + 2
        finishTag(sign: end > start ? source[end - 1] : 0, trims: options.trimBlocks)
    }

    /// After a tag's end: `-` eats all whitespace, `trimBlocks` one newline.
    private mutating func finishTag(sign: UInt8, trims: Bool) {
        let before = position
        if sign == 0x2D {
            skipWhitespace()
        } else if sign != 0x2B, trims, byte(at: position) == 0x0A {
            beginLine(after: position)
            position += 1
        }
        startsLine = position > before && source[position - 1] == 0x0A
    }

    // MARK: Raw

    /// The position after `raw %}` when the tag at `position` is that.
    private func rawBegin() -> (end: Int, strips: Bool)? {
        guard let name = word("raw", at: skippedSpace(position)) else { return nil }
        return tagEnd(at: skippedSpace(name))
    }

    private mutating func readRaw(from begin: (end: Int, strips: Bool)) throws {
        countLines(position..<begin.end)
        position = begin.end
        if begin.strips { skipWhitespace() }
        let start = position
        // As in Jinja a tag at the very end is closed by it.
        guard start < source.count else { return }
        var index = start
        while index + 1 < source.count {
            if source[index] == 0x7B, source[index + 1] == 0x25, let end = endRaw(at: index) {
                let sign = byte(at: index + 2)
                let textEnd = textEnd(start..<index, sign: sign == 0x2D || sign == 0x2B ? sign : nil, isVariable: false)
                addData(start..<textEnd)
                countLines(textEnd..<end.end)
                position = end.end
                finishTag(sign: source[end.end - 3], trims: options.trimBlocks)
                return
            }
            index += 1
        }
        throw failure("Missing end of raw directive")
    }

    private func endRaw(at tag: Int) -> (end: Int, strips: Bool)? {
        let sign = byte(at: tag + 2)
        let start = sign == 0x2D || sign == 0x2B ? tag + 3 : tag + 2
        guard let name = word("endraw", at: skippedSpace(start)) else { return nil }
        let end = skippedSpace(name)
        return byte(at: end) == 0x2B ? tagEnd(at: end + 1) : tagEnd(at: end)
    }

    private func tagEnd(at index: Int) -> (end: Int, strips: Bool)? {
        let strips = byte(at: index) == 0x2D
        let end = strips ? index + 1 : index
        guard byte(at: end) == 0x25, byte(at: end + 1) == 0x7D else { return nil }
        return (end + 2, strips)
    }

    private func word(_ word: String, at index: Int) -> Int? {
        let end = index + word.utf8.count
        return end <= source.count && source[index..<end].elementsEqual(word.utf8) ? end : nil
    }

    private func skippedSpace(_ start: Int) -> Int {
        var index = start
        while let width = spaceWidth(at: index) { index += width }
        return index
    }

    // MARK: Inside a tag

    private mutating func readTag(closing: UInt8, _ end: Token.Kind) throws {
        brackets = []
        while true {
            skipWhitespace()
            guard position < source.count else { return }
            tokenStart = position
            if brackets.isEmpty, closeTag(closing, end) { return }
            try readToken()
        }
    }

    private mutating func closeTag(_ closing: UInt8, _ end: Token.Kind) -> Bool {
        var start = position
        let sign = source[start]
        let isSigned = sign == 0x2D || (sign == 0x2B && end == .blockEnd)
        if isSigned { start += 1 }
        guard byte(at: start) == closing, byte(at: start + 1) == 0x7D else { return false }
        add(end, "")
        position = start + 2
        finishTag(sign: isSigned ? sign : 0, trims: options.trimBlocks && end == .blockEnd)
        return true
    }

    private mutating func readToken() throws {
        let first = source[position]
        if first == 0x22 || first == 0x27 {
            try readString(quote: first)
        } else if isDigit(first) {
            readNumber()
        } else if isNameByte(first) {
            try readName()
        } else {
            try readSymbol()
        }
    }

    private mutating func readName() throws {
        let start = position
        while position < source.count, isNameByte(source[position]) || isDigit(source[position]) { position += 1 }
        let text = String(decoding: source[start..<position], as: UTF8.self)
        guard text.isIdentifier else { throw failure("Invalid character in identifier") }
        add(.name, text)
    }

    private mutating func readString(quote: UInt8) throws {
        let start = position + 1
        var index = start
        while index < source.count, source[index] != quote { index += source[index] == 0x5C ? 2 : 1 }
        guard index < source.count else {
            throw failure("unexpected char \(pythonQuoted(String(UnicodeScalar(quote)))) at \(position)")
        }
        add(.string, try unescaped(source[start..<index]))
        countLines(start..<index)
        position = index + 1
    }

    private mutating func unescaped(_ bytes: ArraySlice<UInt8>) throws -> String {
        guard bytes.contains(0x5C) else { return String(decoding: bytes, as: UTF8.self) }
        do { return try StringEscapes.decoded(bytes) } catch let error as TemplateError { throw failure(error.message) }
    }

    private mutating func readNumber() {
        let number = NumberScanner.scan(source, from: position)
        add(number.isFloat ? .float : .integer, String(decoding: source[position..<number.end], as: UTF8.self))
        position = number.end
    }

    private mutating func readSymbol() throws {
        let two = position + 1 < source.count ? String(decoding: source[position..<position + 2], as: UTF8.self) : ""
        if let symbol = Token.Symbol(rawValue: two) {
            add(.symbol(symbol), "")
            position += 2
            return
        }
        guard source[position] < 0x80, let symbol = Token.Symbol(rawValue: String(UnicodeScalar(source[position])))
        else {
            throw failure("unexpected char \(pythonQuoted(String(UnicodeScalar(source[position])))) at \(position)")
        }
        try balance(source[position])
        add(.symbol(symbol), "")
        position += 1
    }

    private mutating func balance(_ byte: UInt8) throws {
        switch byte {
        case 0x7B: brackets.append(0x7D)
        case 0x28: brackets.append(0x29)
        case 0x5B: brackets.append(0x5D)
        case 0x7D, 0x29, 0x5D:
            guard let expected = brackets.popLast() else { throw failure("unexpected '\(UnicodeScalar(byte))'") }
            guard expected == byte else {
                throw failure("unexpected '\(UnicodeScalar(byte))', expected '\(UnicodeScalar(expected))'")
            }
        default: break
        }
    }

    // MARK: Helpers

    private mutating func add(_ kind: Token.Kind, _ text: String) {
        tokens.append(Token(kind: kind, text: text, line: line, column: column(of: tokenStart)))
    }

    private mutating func addData(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        tokenStart = range.lowerBound
        add(.data, String(decoding: source[range], as: UTF8.self))
        countLines(range)
    }

    private mutating func countLines(_ range: Range<Int>) {
        for index in range where source[index] == 0x0A { beginLine(after: index) }
    }

    private func byte(at index: Int) -> UInt8? { index < source.count ? source[index] : nil }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || byte >= 0x80
    }

    /// The bytes of the whitespace character at `index`, as Python's `\s` sees it.
    private func spaceWidth(at index: Int) -> Int? {
        guard index < source.count else { return nil }
        let first = source[index]
        if first < 0x80 { return (0x09...0x0D).contains(first) || (0x1C...0x20).contains(first) ? 1 : nil }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard index + width <= source.count,
            let scalar = String(decoding: source[index..<index + width], as: UTF8.self).unicodeScalars.first
        else { return nil }
        return scalar.isPythonSpace ? width : nil
    }

    private func spaceWidth(endingAt end: Int, from start: Int) -> Int? {
        var first = end - 1
        while first > start, source[first] & 0xC0 == 0x80 { first -= 1 }
        return spaceWidth(at: first).flatMap { $0 == end - first ? $0 : nil }
    }

    private mutating func beginLine(after newline: Int) {
        line += 1
        lineStart = newline + 1
    }

    /// The number of the character at `index` in its line, from 1. It goes on from the one asked before: a line may be
    /// as long as the template.
    private mutating func column(of index: Int) -> Int {
        guard index >= lineStart, index <= source.count else { return 0 }
        if counted.offset < lineStart || counted.offset > index { counted = (lineStart, 1) }
        for position in counted.offset..<index where source[position] & 0xC0 != 0x80 { counted.column += 1 }
        counted.offset = index
        return counted.column
    }

    private mutating func failure(_ message: String) -> TemplateError {
        var error = TemplateError(message, line: line, kind: .syntax)
        error.column = column(of: position)
        return error
    }
}
