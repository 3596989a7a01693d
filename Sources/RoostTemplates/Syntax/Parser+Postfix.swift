extension Parser {
    mutating func parsePostfix(_ expression: Expression) throws -> Expression {
        var expression = expression
        while true {
            if at(.dot) || at(.leftBracket) {
                expression = try parseSubscript(expression)
            } else if at(.leftParenthesis) {
                expression = try parseCall(expression)
            } else {
                return expression
            }
        }
    }

    mutating func parseFilters(_ expression: Expression) throws -> Expression {
        var expression = expression
        while true {
            if at(.pipe) {
                advance()
                expression = try parseFilter(of: expression)
            } else if current.isName("is") {
                expression = try parseTest(expression)
            } else if at(.leftParenthesis) {
                expression = try parseCall(expression)
            } else {
                return expression
            }
        }
    }

    private mutating func parseSubscript(_ object: Expression) throws -> Expression {
        let token = advance()
        if token.kind == .symbol(.dot) {
            let member = advance()
            if member.kind == .name { return try Expression.node(.attribute(object, member.text), line: token.line) }
            guard member.kind == .integer, let index = Int(member.text) else {
                throw failure("expected name or number", at: member)
            }
            return try Expression.node(
                .item(object, Expression(.constant(.int(index)), line: member.line)), line: token.line)
        }
        var keys: [Expression] = []
        while !at(.rightBracket) {
            if !keys.isEmpty { try expect(.comma) }
            keys.append(try parseSubscribed())
        }
        try expect(.rightBracket)
        let key = keys.count == 1 ? keys[0] : try Expression.node(.tuple(keys), line: token.line)
        return try Expression.node(.item(object, key), line: token.line)
    }

    private mutating func parseSubscribed() throws -> Expression {
        let line = current.line
        var start: Expression?
        if !at(.colon) {
            let expression = try parseExpression()
            guard at(.colon) else { return expression }
            start = expression
        }
        advance()
        let stop = try sliceBound()
        let step = skip(.colon) ? try sliceBound() : nil
        return try Expression.node(.slice(start, stop, step), line: line)
    }

    private mutating func sliceBound() throws -> Expression? {
        at(.colon) || at(.rightBracket) || at(.comma) ? nil : try parseExpression()
    }

    mutating func parseCall(_ callee: Expression) throws -> Expression {
        let line = current.line
        return try Expression.node(.call(callee, try parseArguments()), line: line)
    }

    mutating func parseArguments() throws -> Arguments {
        let line = current.line
        try expect(.leftParenthesis)
        var arguments = Arguments()
        while !at(.rightParenthesis) {
            if !arguments.isEmpty {
                try expect(.comma)
                if at(.rightParenthesis) { break }
            }
            guard try parseArgument(into: &arguments) else {
                throw TemplateError("invalid syntax for function call expression", line: line, kind: .syntax)
            }
        }
        try expect(.rightParenthesis)
        return arguments
    }

    /// False when the argument cannot follow those before it.
    private mutating func parseArgument(into arguments: inout Arguments) throws -> Bool {
        if skip(.multiply) {
            guard arguments.unpackedPositional == nil, arguments.unpackedKeywords == nil else { return false }
            arguments.unpackedPositional = try parseExpression()
        } else if skip(.power) {
            guard arguments.unpackedKeywords == nil else { return false }
            arguments.unpackedKeywords = try parseExpression()
        } else if current.kind == .name, look().kind == .symbol(.assign) {
            guard arguments.unpackedKeywords == nil else { return false }
            let name = advance().text
            advance()
            guard !arguments.keywords.contains(where: { $0.name == name }) else {
                throw failure("keyword argument repeated: \(name)")
            }
            arguments.keywords.append((name, try parseExpression()))
        } else {
            guard arguments.unpackedPositional == nil, arguments.unpackedKeywords == nil, arguments.keywords.isEmpty
            else { return false }
            arguments.positional.append(try parseExpression())
        }
        return true
    }

    /// Parses a filter whose `|` is already consumed.
    mutating func parseFilter(of value: Expression?) throws -> Expression {
        let token = try expectName()
        let name = try dottedName(from: token.text)
        let arguments = at(.leftParenthesis) ? try parseArguments() : Arguments()
        return try Expression.node(.filter(value, name, arguments), line: token.line)
    }

    /// Parses the filters behind a tag: `{% set x | upper | trim %}`.
    mutating func parseFilterChain(startInline: Bool) throws -> Expression? {
        var filter: Expression? = startInline ? try parseFilter(of: nil) : nil
        while skip(.pipe) { filter = try parseFilter(of: filter) }
        return filter
    }

    private mutating func dottedName(from first: String) throws -> String {
        var name = first
        while skip(.dot) { name += "." + (try expectName().text) }
        return name
    }

    private mutating func parseTest(_ value: Expression) throws -> Expression {
        let line = advance().line
        let isNegated = skip(name: "not")
        let name = try dottedName(from: try expectName().text)
        var arguments = Arguments()
        if at(.leftParenthesis) {
            arguments = try parseArguments()
        } else if startsTestArgument {
            if current.isName("is") { throw failure("You cannot chain multiple tests with is") }
            arguments.positional = [try parsePostfix(try parsePrimary())]
        }
        let test = try Expression.node(.test(value, name, arguments), line: line)
        return isNegated ? try Expression.node(.not(test), line: line) : test
    }

    private var startsTestArgument: Bool {
        switch current.kind {
        case .name: !["else", "or", "and"].contains(current.text)
        case .string, .integer, .float, .symbol(.leftBracket), .symbol(.leftBrace): true
        default: false
        }
    }
}
