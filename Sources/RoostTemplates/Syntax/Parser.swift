/// Builds statements from tokens. The grammar and the lines of its errors are Jinja's.
struct Parser {
    private let tokens: [Token]
    private var position = 0
    let options: TemplateOptions
    /// The names that may end each open tag, innermost last, for the message about an unknown tag.
    var endNames: [[String]] = []
    var openTags: [String] = []
    /// How many brackets, operators with one operand and tags are open.
    private var nesting = 0

    init(_ tokens: [Token], options: TemplateOptions) {
        self.tokens = tokens
        self.options = options
    }

    /// Parses a template's source.
    ///
    /// - Throws: `TemplateError` with a line, without the name of the template.
    static func parse(_ source: String, options: TemplateOptions) throws -> [Statement] {
        var lexer = Lexer(source, options: options)
        let tokens = try lexer.tokenize()
        var parser = Parser(tokens, options: options)
        return try parser.parseBody(until: [])
    }

    // MARK: The stream

    var current: Token { tokens[position] }

    func look() -> Token { tokens[min(position + 1, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        let token = tokens[position]
        if position + 1 < tokens.count { position += 1 }
        return token
    }

    func at(_ symbol: Token.Symbol) -> Bool { current.kind == .symbol(symbol) }

    mutating func skip(name: String) -> Bool {
        guard current.isName(name) else { return false }
        advance()
        return true
    }

    mutating func skip(_ symbol: Token.Symbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ kind: Token.Kind) throws -> Token {
        guard current.kind == kind else { throw unexpected(expected: Token(kind: kind, text: "", line: 0, column: 0).shown) }
        return advance()
    }

    mutating func expect(_ symbol: Token.Symbol) throws {
        try expect(.symbol(symbol))
    }

    mutating func expectName() throws -> Token {
        guard current.kind == .name else { throw unexpected(expected: "name") }
        return advance()
    }

    mutating func expect(name: String) throws {
        guard current.isName(name) else { throw unexpected(expected: name) }
        advance()
    }

    private func unexpected(expected: String) -> TemplateError {
        if current.kind == .end { return failure("unexpected end of template, expected '\(expected)'.") }
        return failure("expected token '\(expected)', got '\(current.shown)'")
    }

    /// An error at a token, the current one unless told.
    func failure(_ message: String, at token: Token? = nil) -> TemplateError {
        var error = TemplateError(message, line: (token ?? current).line, kind: .syntax)
        error.column = (token ?? current).column
        return error
    }

    // MARK: Limits

    /// Parses something that may stand inside itself.
    ///
    /// - Throws: `TemplateError` when it does so too often.
    @inline(__always)
    mutating func nested<Result>(_ parse: (inout Parser) throws -> Result) throws -> Result {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= options.limits.nesting else { throw TemplateError.nestedTooDeep(line: current.line) }
        return try parse(&self)
    }

    func checked(_ expression: Expression) throws -> Expression {
        guard expression.depth <= options.limits.nesting else {
            throw TemplateError.nestedTooDeep(line: expression.line)
        }
        return expression
    }

    // MARK: Bodies

    /// Parses up to a tag with one of `names`, which stays current; up to the end when there are none.
    mutating func parseBody(until names: [String]) throws -> [Statement] {
        var body: [Statement] = []
        var output: [OutputPart] = []
        var outputLine = 0
        if !names.isEmpty { endNames.append(names) }
        defer { if !names.isEmpty { endNames.removeLast() } }
        func flush() {
            if !output.isEmpty { body.append(Statement(.output(output), line: outputLine)) }
            output = []
        }
        while current.kind != .end {
            if output.isEmpty { outputLine = current.line }
            switch current.kind {
            case .data: output.append(.text(advance().text))
            case .variableBegin:
                advance()
                let column = current.column
                output.append(.expression(try parseTuple(), column: column))
                try expect(.variableEnd)
            default:
                flush()
                try expect(.blockBegin)
                if current.kind == .name, names.contains(current.text) { return body }
                body.append(try parseStatement())
                try expect(.blockEnd)
            }
        }
        flush()
        return body
    }

    /// Parses the body of a tag whose opening just ended; stops at the end name, or after it with `dropping`.
    mutating func parseTagBody(until names: [String], dropping: Bool = true) throws -> [Statement] {
        _ = skip(.colon)
        try expect(.blockEnd)
        let body = try parseBody(until: names)
        if current.kind == .end { throw endOfTemplate(expecting: names) }
        if dropping { advance() }
        return body
    }

    private func endOfTemplate(expecting names: [String]) -> TemplateError {
        unknownTag(nil, expecting: endNames + [names])
    }

    func unknownTag(_ name: String?, expecting: [[String]], at token: Token? = nil) -> TemplateError {
        var message = name.map { "Encountered unknown tag '\($0)'." } ?? "Unexpected end of template."
        if let looked = expecting.last {
            let list = looked.map { "'\($0)'" }.joined(separator: " or ")
            let nested = name.map { name in expecting.contains { $0.contains(name) } } ?? false
            message +=
                nested
                ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for \(list)."
                : " Jinja was looking for the following tags: \(list)."
        }
        if let open = openTags.last { message += " The innermost block that needs to be closed is '\(open)'." }
        return failure(message, at: token)
    }
}
