// What stands between quotes, dollar signs and comment marks.
extension SQLLexer {
    /// A string with its continuations: two strings with a line break between them are one.
    ///
    /// - Returns: whether it ends inside the text.
    mutating func skipString(backslashes: Bool) -> Bool {
        while true {
            guard skipQuotes(UInt8(ascii: "'"), backslashes: backslashes) else { return false }
            guard let next = continuation() else { return true }
            position = next
        }
    }

    /// From a quote to the one that closes it. A doubled quote stands for itself.
    mutating func skipQuotes(_ quote: UInt8, backslashes: Bool) -> Bool {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == quote {
                guard position < bytes.count, bytes[position] == quote else { return true }
                position += 1
            } else if backslashes, byte == UInt8(ascii: "\\"), position < bytes.count {
                position += 1
            }
        }
        return false
    }

    /// Where the string goes on behind its closing quote: blanks and line comments with a line break, then a quote.
    private func continuation() -> Int? {
        var ahead = position
        var sawLineEnd = false
        while ahead < bytes.count {
            let byte = bytes[ahead]
            if SQLByte.isBlank(byte) {
                sawLineEnd = sawLineEnd || SQLByte.isLineEnd(byte)
                ahead += 1
            } else if startsLineComment(at: ahead) {
                while ahead < bytes.count, !SQLByte.isLineEnd(bytes[ahead]) { ahead += 1 }
            } else {
                return byte == UInt8(ascii: "'") && sawLineEnd ? ahead : nil
            }
        }
        return nil
    }

    /// `$$ … $$`, `$tag$ … $tag$`, `$1`, or a dollar sign by itself.
    mutating func scanDollar(_ isTerminated: inout Bool) -> SQLToken.Kind {
        var close = position + 1
        if close < bytes.count, SQLByte.isDigit(bytes[close]) {
            position = close
            skip(while: SQLByte.isDigit)
            return .parameter
        }
        while close < bytes.count, bytes[close] != UInt8(ascii: "$"), SQLByte.continuesWord(bytes[close]) { close += 1 }
        guard close < bytes.count, bytes[close] == UInt8(ascii: "$") else {
            position += 1
            return .other
        }
        isTerminated = skipDollarString(tag: position...close)
        return .dollarString
    }

    private mutating func skipDollarString(tag: ClosedRange<Int>) -> Bool {
        position = tag.upperBound + 1
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "$") else {
                position += 1
                continue
            }
            var (ahead, matched) = (position, 0)
            while matched < tag.count, ahead < bytes.count, bytes[ahead] == bytes[tag.lowerBound + matched] {
                (ahead, matched) = (ahead + 1, matched + 1)
            }
            if matched == tag.count {
                position = ahead
                return true
            }
            position += 1
        }
        return false
    }

    func startsLineComment(at index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index] == UInt8(ascii: "-") && bytes[index + 1] == UInt8(ascii: "-")
    }

    func startsBlockComment(at index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index] == UInt8(ascii: "/") && bytes[index + 1] == UInt8(ascii: "*")
    }

    mutating func skipLine() {
        skip { !SQLByte.isLineEnd($0) }
    }

    /// Comments nest in PostgreSQL.
    mutating func skipBlockComment() -> Bool {
        var depth = 0
        while position < bytes.count {
            if startsBlockComment(at: position) {
                depth += 1
                position += 2
            } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return true }
            } else {
                position += 1
            }
        }
        return false
    }
}
