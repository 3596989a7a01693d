extension Parser {
    mutating func parseStatement() throws -> Statement {
        let token = current
        guard token.kind == .name else { throw failure("tag name expected", at: token) }
        openTags.append(token.text)
        defer { openTags.removeLast() }
        if let kind = try nested({ try $0.parseTag(token.text) }) {
            return Statement(kind, line: token.line, column: token.column)
        }
        openTags.removeLast()
        defer { openTags.append(token.text) }
        throw unknownTag(token.text, expecting: endNames, at: token)
    }

    private mutating func parseTag(_ name: String) throws -> Statement.Kind? {
        switch name {
        case "for": return try parseFor()
        case "if": return try parseIf()
        case "set": return try parseSet()
        case "with": return try parseWith()
        case "macro": return try parseMacro()
        case "call": return try parseCallBlock()
        case "filter": return try parseFilterBlock()
        case "block": return try parseBlock()
        case "extends":
            advance()
            return .extends(try parseExpression())
        case "include": return try parseInclude()
        case "import": return try parseImport()
        case "from": return try parseFrom()
        case "autoescape":
            advance()
            return .autoescape(try parseExpression(), body: try parseTagBody(until: ["endautoescape"]))
        case "print": return try parsePrint()
        default: return try parseOptionalTag(name)
        }
    }

    /// Tags that Jinja has as extensions.
    private mutating func parseOptionalTag(_ name: String) throws -> Statement.Kind? {
        switch name {
        case "do" where options.allowsDo:
            advance()
            return .perform(try parseTuple())
        case "trans" where options.translations != nil: return try parseTranslation()
        case "break" where options.allowsLoopControls:
            advance()
            return .breakLoop
        case "continue" where options.allowsLoopControls:
            advance()
            return .continueLoop
        default: return nil
        }
    }

    private mutating func parseFor() throws -> Statement.Kind {
        advance()
        let target = try parseTarget()
        try expect(name: "in")
        let sequence = try parseTuple(withConditional: false)
        let test = skip(name: "if") ? try parseExpression() : nil
        let isRecursive = skip(name: "recursive")
        let body = try parseTagBody(until: ["endfor", "else"], dropping: false)
        let elseBody = advance().text == "else" ? try parseTagBody(until: ["endfor"]) : []
        return .forLoop(
            ForLoop(
                target: target, sequence: sequence, test: test, isRecursive: isRecursive, body: body,
                elseBody: elseBody))
    }

    private mutating func parseIf() throws -> Statement.Kind {
        var branches: [Branch] = []
        repeat {
            let tag = advance()
            let line = branches.isEmpty ? tag.line : current.line
            let test = try parseTuple(withConditional: false)
            branches.append(
                Branch(
                    line: line, test: test, body: try parseTagBody(until: ["elif", "else", "endif"], dropping: false)))
        } while current.isName("elif")
        let isElse = advance().text == "else"
        return .ifElse(branches, elseBody: isElse ? try parseTagBody(until: ["endif"]) : [])
    }

    private mutating func parseSet() throws -> Statement.Kind {
        advance()
        let target = try parseTarget(withNamespace: true)
        if skip(.assign) { return .set(target: target, value: try parseTuple()) }
        let filter = try parseFilterChain(startInline: false)
        return .setBlock(target: target, filter: filter, body: try parseTagBody(until: ["endset"]))
    }

    private mutating func parseWith() throws -> Statement.Kind {
        advance()
        var targets: [Expression] = []
        var values: [Expression] = []
        while current.kind != .blockEnd {
            if !targets.isEmpty { try expect(.comma) }
            targets.append(try parseTarget())
            try expect(.assign)
            values.append(try parseExpression())
        }
        return .with(targets: targets, values: values, body: try parseTagBody(until: ["endwith"]))
    }

    private mutating func parseMacro() throws -> Statement.Kind {
        advance()
        let name = try parseTargetName().text
        let (parameters, defaults) = try parseSignature()
        let body = try parseTagBody(until: ["endmacro"])
        return .macro(Signature(name: name, parameters: parameters, defaults: defaults, body: body))
    }

    private mutating func parseCallBlock() throws -> Statement.Kind {
        let line = advance().line
        let (parameters, defaults) = at(.leftParenthesis) ? try parseSignature() : ([], [])
        let call = try parseExpression()
        guard case .call = call.kind else { throw TemplateError("expected call", line: line, kind: .syntax) }
        let body = try parseTagBody(until: ["endcall"])
        return .callBlock(call: call, Signature(name: "caller", parameters: parameters, defaults: defaults, body: body))
    }

    private mutating func parseSignature() throws -> (parameters: [String], defaults: [Expression]) {
        try expect(.leftParenthesis)
        var parameters: [String] = []
        var defaults: [Expression] = []
        while !at(.rightParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            let parameter = try parseTargetName()
            guard !parameters.contains(parameter.text) else {
                throw failure("duplicate argument '\(parameter.text)' in macro definition", at: parameter)
            }
            parameters.append(parameter.text)
            if skip(.assign) {
                defaults.append(try parseExpression())
            } else if !defaults.isEmpty {
                throw failure("non-default argument follows default argument")
            }
        }
        try expect(.rightParenthesis)
        return (parameters, defaults)
    }

    private mutating func parseFilterBlock() throws -> Statement.Kind {
        advance()
        guard let filter = try parseFilterChain(startInline: true) else { throw failure("expected a filter") }
        return .filterBlock(filter: filter, body: try parseTagBody(until: ["endfilter"]))
    }

    private mutating func parseBlock() throws -> Statement.Kind {
        advance()
        let name = try expectName().text
        let isScoped = skip(name: "scoped")
        let isRequired = skip(name: "required")
        if at(.subtract) {
            throw failure(
                "Block names in Jinja have to be valid Python identifiers and may not contain hyphens,"
                    + " use an underscore instead.")
        }
        let body = try parseTagBody(until: ["endblock"])
        if isRequired, !body.allSatisfy(\.isWhitespace) {
            throw failure("Required blocks can only contain comments or whitespace")
        }
        _ = skip(name: name)
        return .block(BlockDefinition(name: name, isScoped: isScoped, isRequired: isRequired, body: body))
    }

    private mutating func parsePrint() throws -> Statement.Kind {
        advance()
        var parts: [OutputPart] = []
        while current.kind != .blockEnd {
            if !parts.isEmpty { try expect(.comma) }
            let column = current.column
            parts.append(.expression(try parseExpression(), column: column))
        }
        return .output(parts)
    }

    // MARK: Other templates

    private mutating func parseInclude() throws -> Statement.Kind {
        advance()
        let name = try parseExpression()
        var ignoreMissing = false
        if current.isName("ignore"), look().isName("missing") {
            advance()
            advance()
            ignoreMissing = true
        }
        return .include(name, ignoreMissing: ignoreMissing, withContext: parseContextClause() ?? true)
    }

    private mutating func parseImport() throws -> Statement.Kind {
        advance()
        let template = try parseExpression()
        try expect(name: "as")
        let name = try parseTargetName().text
        return .importAs(template, name: name, withContext: parseContextClause() ?? false)
    }

    private mutating func parseFrom() throws -> Statement.Kind {
        advance()
        let template = try parseExpression()
        try expect(name: "import")
        var names: [(name: String, alias: String)] = []
        while true {
            if !names.isEmpty { try expect(.comma) }
            if let withContext = parseContextClause() {
                return .fromImport(template, names: names, withContext: withContext)
            }
            names.append(try parseImportedName())
            if let withContext = parseContextClause() {
                return .fromImport(template, names: names, withContext: withContext)
            }
            if !at(.comma) { return .fromImport(template, names: names, withContext: false) }
        }
    }

    private mutating func parseImportedName() throws -> (name: String, alias: String) {
        let name = try parseTargetName()
        if name.text.hasPrefix("_") {
            throw failure("names starting with an underline can not be imported", at: name)
        }
        return (name.text, skip(name: "as") ? try parseTargetName().text : name.text)
    }

    private mutating func parseContextClause() -> Bool? {
        guard current.isName("with") || current.isName("without"), look().isName("context") else { return nil }
        let isWith = advance().text == "with"
        advance()
        return isWith
    }

    // MARK: Targets of assignments

    private mutating func parseTarget(withNamespace: Bool = false) throws -> Expression {
        let target = try parseTuple(simplified: true, withNamespace: withNamespace)
        try check(target)
        return target
    }

    private func check(_ target: Expression) throws {
        switch target.kind {
        case .name, .namespaceMember: return
        case .tuple(let items): for item in items { try check(item) }
        case .constant: throw TemplateError("can't assign to 'const'", line: target.line, kind: .syntax)
        case .list: throw TemplateError("can't assign to 'list'", line: target.line, kind: .syntax)
        case .dict: throw TemplateError("can't assign to 'dict'", line: target.line, kind: .syntax)
        default: throw TemplateError("can't assign to this expression", line: target.line, kind: .syntax)
        }
    }

    private mutating func parseTargetName() throws -> Token {
        let token = try expectName()
        if ["true", "false", "none", "True", "False", "None"].contains(token.text) {
            throw failure("can't assign to 'name'", at: token)
        }
        return token
    }
}

extension Statement {
    fileprivate var isWhitespace: Bool {
        guard case .output(let parts) = kind else { return false }
        return parts.allSatisfy { part in
            guard case .text(let text) = part else { return false }
            return text.unicodeScalars.allSatisfy(\.isPythonSpace)
        }
    }
}
