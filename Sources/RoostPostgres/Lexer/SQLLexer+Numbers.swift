// Numbers and operators: both end by rules about what follows them.
extension SQLLexer {
    /// `12`, `1_000`, `1.5`, `1.`, `.5`, `1e-5`, `0xFF`, `0o17`, `0b1`. Two dots after a number are a range, not its point.
    mutating func skipNumber() {
        if bytes[position] == UInt8(ascii: "0"), let isDigit = radix(peek(1)), peek(2).map(isDigit) ?? false {
            position += 2
            return skip(while: isDigit)
        }
        skip(while: Self.isDecimal)
        if peek(0) == UInt8(ascii: "."), peek(1) != UInt8(ascii: ".") {
            position += 1
            skip(while: Self.isDecimal)
        }
        skipExponent()
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { SQLByte.isDigit(byte) || byte == UInt8(ascii: "_") }

    private mutating func skipExponent() {
        guard peek(0).map(SQLByte.lowercased) == UInt8(ascii: "e") else { return }
        let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
        guard peek(1 + sign).map(SQLByte.isDigit) ?? false else { return }
        position += 1 + sign
        skip(while: Self.isDecimal)
    }

    /// What may follow `0x`, `0o` and `0b`.
    private func radix(_ letter: UInt8?) -> ((UInt8) -> Bool)? {
        switch letter.map(SQLByte.lowercased) {
        case UInt8(ascii: "x"): { Self.isDecimal($0) || (0x61...0x66).contains($0 | 0x20) }
        case UInt8(ascii: "o"): { (0x30...0x37).contains($0) || $0 == UInt8(ascii: "_") }
        case UInt8(ascii: "b"): { (0x30...0x31).contains($0) || $0 == UInt8(ascii: "_") }
        default: nil
        }
    }

    /// The longest run of operator characters that does not begin a comment.
    mutating func skipOperator() {
        let start = position
        var allowsSign = false
        while position < bytes.count, SQLByte.isOperator(bytes[position]) {
            if position > start, startsLineComment(at: position) || startsBlockComment(at: position) { break }
            allowsSign = allowsSign || SQLByte.allowsTrailingSign(bytes[position])
            position += 1
        }
        guard !allowsSign else { return }
        while position - start > 1, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position - 1]) {
            position -= 1
        }
    }
}
