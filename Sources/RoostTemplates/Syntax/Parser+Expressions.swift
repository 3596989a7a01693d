extension Parser {
    mutating func parseExpression(withConditional: Bool = true) throws -> Expression {
        let expression = try nested { withConditional ? try $0.parseConditional() : try $0.parseOr() }
        return try checked(expression)
    }

    private mutating func parseConditional() throws -> Expression {
        var line = current.line
        var expression = try parseOr()
        while skip(name: "if") {
            let test = try parseOr()
            let otherwise = skip(name: "else") ? try nested { try $0.parseConditional() } : nil
            expression = try Expression.node(
                .conditional(test: test, then: expression, otherwise: otherwise), line: line)
            line = current.line
        }
        return expression
    }

    private mutating func parseOr() throws -> Expression {
        var line = current.line
        var left = try parseAnd()
        while skip(name: "or") {
            left = try Expression.node(.or(left, try parseAnd()), line: line)
            line = current.line
        }
        return left
    }

    private mutating func parseAnd() throws -> Expression {
        var line = current.line
        var left = try parseNot()
        while skip(name: "and") {
            left = try Expression.node(.and(left, try parseNot()), line: line)
            line = current.line
        }
        return left
    }

    private mutating func parseNot() throws -> Expression {
        guard current.isName("not") else { return try parseCompare() }
        let line = advance().line
        return try Expression.node(.not(try nested { try $0.parseNot() }), line: line)
    }

    private mutating func parseCompare() throws -> Expression {
        var line = current.line
        let first = try parseSum()
        var operands: [(operation: Comparison, operand: Expression)] = []
        while let operation = nextComparison() {
            operands.append((operation, try parseSum()))
            line = current.line
        }
        return operands.isEmpty ? first : try Expression.node(.compare(first, operands), line: line)
    }

    /// Consumes a comparison operator if one is next.
    private mutating func nextComparison() -> Comparison? {
        if case .symbol(let symbol) = current.kind, let operation = Comparison(rawValue: symbol.rawValue) {
            advance()
            return operation
        }
        if skip(name: "in") { return .isIn }
        guard current.isName("not"), look().isName("in") else { return nil }
        advance()
        advance()
        return .isNotIn
    }

    private mutating func parseSum() throws -> Expression {
        var line = current.line
        var left = try parseConcatenation()
        while at(.add) || at(.subtract) {
            let operation: BinaryOperator = at(.add) ? .add : .subtract
            advance()
            left = try Expression.node(.binary(operation, left, try parseConcatenation()), line: line)
            line = current.line
        }
        return left
    }

    private mutating func parseConcatenation() throws -> Expression {
        let line = current.line
        var parts = [try parseProduct()]
        while skip(.tilde) { parts.append(try parseProduct()) }
        return parts.count == 1 ? parts[0] : try Expression.node(.concatenation(parts), line: line)
    }

    private mutating func parseProduct() throws -> Expression {
        var line = current.line
        var left = try parsePower()
        while let operation = productOperator {
            advance()
            left = try Expression.node(.binary(operation, left, try parsePower()), line: line)
            line = current.line
        }
        return left
    }

    private var productOperator: BinaryOperator? {
        switch current.kind {
        case .symbol(.multiply): .multiply
        case .symbol(.divide): .divide
        case .symbol(.floorDivide): .floorDivide
        case .symbol(.modulo): .modulo
        default: nil
        }
    }

    private mutating func parsePower() throws -> Expression {
        var line = current.line
        var left = try parseUnary()
        while skip(.power) {
            left = try Expression.node(.binary(.power, left, try parseUnary()), line: line)
            line = current.line
        }
        return left
    }

    private mutating func parseUnary(withFilter: Bool = true) throws -> Expression {
        let line = current.line
        var expression: Expression
        if skip(.subtract) {
            expression = try Expression.node(.negative(try nested { try $0.parseUnary(withFilter: false) }), line: line)
        } else if skip(.add) {
            expression = try Expression.node(.positive(try nested { try $0.parseUnary(withFilter: false) }), line: line)
        } else {
            expression = try parsePrimary()
        }
        expression = try parsePostfix(expression)
        return withFilter ? try parseFilters(expression) : expression
    }

    // MARK: Primaries

    mutating func parsePrimary(withNamespace: Bool = false) throws -> Expression {
        let token = current
        switch token.kind {
        case .name:
            advance()
            return try parseName(token, withNamespace: withNamespace)
        case .string:
            var text = ""
            while current.kind == .string { text += advance().text }
            return Expression(.constant(.string(text)), line: token.line)
        case .integer, .float:
            advance()
            return Expression(.constant(try number(token)), line: token.line)
        case .symbol(.leftParenthesis):
            advance()
            let inner = try nested { try $0.parseTuple(inParentheses: true) }
            try expect(.rightParenthesis)
            return inner
        case .symbol(.leftBracket): return try parseList()
        case .symbol(.leftBrace): return try parseDict()
        default: throw failure("unexpected '\(token.shown)'", at: token)
        }
    }

    private mutating func parseName(_ token: Token, withNamespace: Bool) throws -> Expression {
        switch token.text {
        case "true", "True": return Expression(.constant(.bool(true)), line: token.line)
        case "false", "False": return Expression(.constant(.bool(false)), line: token.line)
        case "none", "None": return Expression(.constant(.none), line: token.line)
        default:
            guard withNamespace, skip(.dot) else { return Expression(.name(token.text), line: token.line) }
            return try Expression(.namespaceMember(token.text, try expectName().text), line: token.line)
        }
    }

    private func number(_ token: Token) throws -> TemplateValue {
        let digits = token.text.filter { $0 != "_" }
        if token.kind == .float { return .float(Double(digits) ?? .infinity) }
        let radixes: [String: Int] = ["0x": 16, "0o": 8, "0b": 2]
        let radix = radixes[digits.prefix(2).lowercased()]
        let plain = radix == nil ? digits : String(digits.dropFirst(2))
        if let value = Int(plain, radix: radix ?? 10) { return .int(value) }
        guard let value = BigInteger(plain, radix: radix ?? 10) else {
            throw failure("integer too large", at: token)
        }
        return try TemplateValue(value)
    }

    /// Parses expressions with commas between them: a tuple when there is a comma.
    mutating func parseTuple(
        simplified: Bool = false, withConditional: Bool = true,
        inParentheses: Bool = false, withNamespace: Bool = false
    ) throws -> Expression {
        var line = current.line
        var items: [Expression] = []
        var isTuple = false
        while true {
            if !items.isEmpty { try expect(.comma) }
            if isTupleEnd { break }
            items.append(
                simplified
                    ? try parsePrimary(withNamespace: withNamespace)
                    : try parseExpression(withConditional: withConditional))
            guard at(.comma) else { break }
            isTuple = true
            line = current.line
        }
        if !isTuple, let only = items.first { return only }
        guard isTuple || inParentheses else {
            throw failure("Expected an expression, got '\(current.shown)'")
        }
        return try Expression.node(.tuple(items), line: line)
    }

    private var isTupleEnd: Bool {
        switch current.kind {
        case .variableEnd, .blockEnd, .symbol(.rightParenthesis): true
        default: false
        }
    }

    private mutating func parseList() throws -> Expression {
        let line = advance().line
        var items: [Expression] = []
        while !at(.rightBracket) {
            if !items.isEmpty { try expect(.comma) }
            if at(.rightBracket) { break }
            items.append(try parseExpression())
        }
        try expect(.rightBracket)
        return try Expression.node(.list(items), line: line)
    }

    private mutating func parseDict() throws -> Expression {
        let line = advance().line
        var items: [(key: Expression, value: Expression)] = []
        while !at(.rightBrace) {
            if !items.isEmpty { try expect(.comma) }
            if at(.rightBrace) { break }
            let key = try parseExpression()
            try expect(.colon)
            items.append((key, try parseExpression()))
        }
        try expect(.rightBrace)
        return try Expression.node(.dict(items), line: line)
    }
}
