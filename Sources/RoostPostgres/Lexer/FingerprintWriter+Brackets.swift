// Brackets, and the lists in them that are folded.
extension FingerprintWriter {
    mutating func takePunctuation(_ token: SQLToken) {
        let byte = lexer.bytes[token.range.lowerBound]
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): takeOpening(byte)
        case UInt8(ascii: ")"), UInt8(ascii: "]"): takeClosing(byte)
        case UInt8(ascii: ","): takeComma()
        case UInt8(ascii: ";"): takeSemicolon()
        case UInt8(ascii: ":") where token.range.count == 2 && lexer.bytes[token.range.lowerBound + 1] != byte:
            put(lexer.bytes[token.range], as: .symbol)
        default: put(lexer.bytes[token.range], as: .joint)
        }
    }

    /// Rows go on with a comma or another row; anything else ends them.
    func continuesRows(_ token: SQLToken) -> Bool {
        last == .close ? begins(token, ",") : begins(token, "(")
    }

    mutating func open(_ kind: Frame.Kind) {
        frames.append(Frame(kind: kind, elementStart: out.count, separatorStart: out.count))
    }

    private mutating func takeOpening(_ byte: UInt8) {
        let kind = byte == UInt8(ascii: "[") ? kindOfSquare : kindOfRound
        put([byte], as: .open, spaced: byte == UInt8(ascii: "[") ? spacesSquare : spacesRound)
        into = .none
        open(kind)
    }

    private var kindOfSquare: Frame.Kind {
        let isArray = last == .word && word == "array"
        let isInner = frames.last?.kind == .list && (last == .open || last == .comma)
        return isArray || isInner ? .list : .plain
    }

    private var kindOfRound: Frame.Kind {
        guard last == .word else { return .plain }
        if word == "in" { return beginsQuery ? .plain : .list }
        return SQLKeyword.typesWithModifiers.contains(word) && areModifiers ? .modifiers : .plain
    }

    /// A bracket directly behind a word calls a function, unless the word cannot be one.
    private var spacesRound: Bool {
        switch last {
        case .word: SQLKeyword.takesSpaceBeforeBracket.contains(word) || into == .hasName
        case .name: into == .hasName
        default: true
        }
    }

    private var spacesSquare: Bool { last == .symbol || last == .comma }

    private var beginsQuery: Bool {
        var ahead = lexer
        guard let first = ahead.nextSignificant() else { return false }
        return ["select", "with", "values", "table"].contains { ahead.isWord(first, $0) }
    }

    /// Whether only numbers come before the closing bracket: `(10, 2)`.
    private var areModifiers: Bool {
        var ahead = lexer
        for _ in 0..<2 {
            guard ahead.nextSignificant()?.kind == .number, let after = ahead.nextSignificant() else { return false }
            let byte = ahead.bytes[after.range.lowerBound]
            if byte == UInt8(ascii: ")") { return true }
            guard byte == UInt8(ascii: ",") else { return false }
        }
        return false
    }

    private mutating func takeClosing(_ byte: UInt8) {
        if frames.last?.kind == .list { endElement() }
        _ = frames.popLast()
        put([byte], as: .close)
        if frames.last?.kind == .rows { endElement() }
    }

    private mutating func takeComma() {
        let top = frames.count - 1
        let folds = top >= 0 && (frames[top].kind == .list || frames[top].kind == .rows)
        if folds, frames[top].kind == .list { endElement() }
        if folds { frames[top].separatorStart = out.count }
        put([UInt8(ascii: ",")], as: .comma)
        if folds { frames[top].elementStart = out.count }
    }

    private mutating func takeSemicolon() {
        // Brackets do not reach over statements; left open ones must not make later lists part of theirs.
        frames.removeAll()
        if last != .start { pendingSemicolon = true }
    }

    /// Takes the innermost list's element back when one of the same shape stands before it.
    private mutating func endElement() {
        let top = frames.count - 1
        // What is longer than any list people write is left as it is: comparing it at each level of a deep statement
        // would take time in proportion to the square.
        guard (0...8192).contains(out.count - frames[top].elementStart) else { return }
        let element = Array(out[frames[top].elementStart...].drop { $0 == 0x20 })
        guard !element.isEmpty, !frames[top].seen.insert(element).inserted else { return }
        out.removeSubrange(frames[top].separatorStart...)
        last = frames[top].kind == .rows ? .close : .value
    }
}
