/// What a pattern says.
indirect enum PatternNode {
    case empty
    case set(ScalarSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repetition(PatternNode, minimum: Int, maximum: Int?)
}

/// Reads a pattern from left to right.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private let ignoresCase: Bool

    init(_ text: String, ignoringCase: Bool) {
        scalars = Array(text.unicodeScalars)
        ignoresCase = ignoringCase
    }

    mutating func parse() throws(PatternSyntaxError) -> PatternNode {
        let node = try choice()
        guard position == scalars.count else { throw error("there is a ) without its (") }
        return node
    }

    private mutating func choice() throws(PatternSyntaxError) -> PatternNode {
        var branches = [try sequence()]
        while accept("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternSyntaxError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = peek, next != "|", next != ")" { nodes.append(try repeated()) }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func repeated() throws(PatternSyntaxError) -> PatternNode {
        var node = try single()
        while let (minimum, maximum) = try count() {
            if case .assertion = node { throw error("there is nothing to repeat") }
            node = .repetition(node, minimum: minimum, maximum: maximum)
            // A lazy or possessive count finds the same texts, only in another order.
            if !accept("?") { _ = accept("+") }
            if let next = peek, next == "*" || next == "+" || next == "?" { throw error("a count follows a count") }
        }
        return node
    }

    private mutating func count() throws(PatternSyntaxError) -> (Int, Int?)? {
        if accept("*") { return (0, nil) }
        if accept("+") { return (1, nil) }
        if accept("?") { return (0, 1) }
        guard peek == "{", let counts = bounds() else { return nil }
        if let maximum = counts.1, maximum < counts.0 { throw error("the least count is above the greatest") }
        guard counts.0 <= 1000, counts.1 ?? 0 <= 1000 else { throw error("a count may be 1000 at most") }
        return counts
    }

    /// Reads `{m}`, `{m,}`, `{,n}` or `{m,n}`; a brace that is none of them stands for itself.
    private mutating func bounds() -> (Int, Int?)? {
        let start = position
        position += 1
        let minimum = number()
        var maximum = minimum
        var hasComma = false
        if accept(",") {
            hasComma = true
            maximum = number()
        }
        guard accept("}"), minimum != nil || hasComma else {
            position = start
            return nil
        }
        return (minimum ?? 0, maximum)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = peek, digit.value &- 48 < 10 {
            value = min((value ?? 0) * 10 + Int(digit.value - 48), 1_000_000)
            position += 1
        }
        return value
    }

    private mutating func single() throws(PatternSyntaxError) -> PatternNode {
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "(": return try group()
        case "[": return .set(try set())
        case ".": return .set(ScalarSet(ranges: [10...10], isNegated: true))
        case "^": return .assertion(.start)
        case "$": return .assertion(.endOrLineFeed)
        case "\\": return try escape()
        case "*", "+", "?": throw error("there is nothing to repeat")
        default: return literal(scalar)
        }
    }

    private mutating func group() throws(PatternSyntaxError) -> PatternNode {
        depth += 1
        guard depth <= 50 else { throw error("groups are nested too deeply") }
        if accept("?") {
            if accept("P") {
                guard accept("<") else { throw error("back references are not supported") }
                while let next = peek, next != ">" { position += 1 }
                position += 1
            } else if !accept(":") {
                throw error("look-arounds and inline flags are not supported")
            }
        }
        let node = try choice()
        guard accept(")") else { throw error("a ( has no )") }
        depth -= 1
        return node
    }

    private mutating func escape() throws(PatternSyntaxError) -> PatternNode {
        guard let next = peek else { throw error("the pattern ends with a backslash") }
        switch next {
        case "A", "Z", "b", "B":
            position += 1
            return .assertion(next == "A" ? .start : next == "Z" ? .end : next == "b" ? .boundary : .notBoundary)
        case "d", "D", "w", "W", "s", "S":
            position += 1
            return .set(ScalarSet(classes: [UInt8(next.value)]))
        default: return literal(try escapedScalar())
        }
    }

    private mutating func set() throws(PatternSyntaxError) -> ScalarSet {
        let isNegated = accept("^")
        var (ranges, classes): ([ClosedRange<UInt32>], [UInt8]) = ([], [])
        var isFirst = true
        while isFirst || peek != "]" {
            guard let next = peek else { throw error("a [ has no ]") }
            isFirst = false
            position += 1
            if next == "\\", let name = peek, "dDwWsS".unicodeScalars.contains(name) {
                position += 1
                classes.append(UInt8(name.value))
                continue
            }
            let low = next == "\\" ? try escapedScalar() : next
            ranges.append(try range(from: low))
        }
        position += 1
        return ScalarSet(ranges: ranges, classes: classes, isNegated: isNegated, ignoresCase: ignoresCase)
    }

    private mutating func range(from low: Unicode.Scalar) throws(PatternSyntaxError) -> ClosedRange<UInt32> {
        guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return low.value...low.value
        }
        position += 1
        let next = scalars[position]
        position += 1
        let high = next == "\\" ? try escapedScalar() : next
        guard high.value >= low.value else { throw error("a range ends before it begins") }
        return low.value...high.value
    }

    /// Reads what follows a backslash and stands for one code point.
    private mutating func escapedScalar() throws(PatternSyntaxError) -> Unicode.Scalar {
        guard let next = peek else { throw error("the pattern ends with a backslash") }
        position += 1
        switch next {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "f": return "\u{C}"
        case "v": return "\u{B}"
        case "a": return "\u{7}"
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case "U": return try hexadecimal(8)
        default:
            let value = next.value | 0x20
            guard !(97...122).contains(value), !(48...57).contains(next.value) else {
                throw error("\\\(next) is not supported")
            }
            return next
        }
    }

    private mutating func hexadecimal(_ width: Int) throws(PatternSyntaxError) -> Unicode.Scalar {
        guard position + width <= scalars.count else { throw error("too few hexadecimal digits") }
        let digits = String(String.UnicodeScalarView(scalars[position..<position + width]))
        guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw error("\(digits) is no code point")
        }
        position += width
        return scalar
    }

    private func literal(_ scalar: Unicode.Scalar) -> PatternNode {
        .set(ScalarSet(ranges: [scalar.value...scalar.value], ignoresCase: ignoresCase))
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func error(_ problem: String) -> PatternSyntaxError {
        PatternSyntaxError(problem: problem, position: position)
    }
}
