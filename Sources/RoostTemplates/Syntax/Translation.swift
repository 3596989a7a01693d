/// A `{% trans %}` block as written.
struct Translation {
    let context: String?
    /// The variables of the tag and those that the text mentions.
    let variables: [(name: String, value: Expression)]
    /// The message, with `%(name)s` for its variables.
    let singular: String
    /// The message for several things, and what counts them.
    let plural: (text: String, count: Expression)?
}

extension Parser {
    /// Parses from the name `trans` to the one that ends it.
    mutating func parseTranslation() throws -> Statement.Kind {
        advance()
        let context = current.kind == .string ? advance().text : nil
        var (variables, isTrimmed) = try parseTranslationVariables()
        try expect(.blockEnd)
        let singular = try parseMessage(mayHavePlural: true)
        var count = variables.first?.value ?? singular.names.first.map { Expression(.name($0.text), line: $0.line) }
        var names = singular.names
        var plural: String?
        if skip(name: "pluralize") {
            if current.kind != .blockEnd {
                let token = try expectName()
                guard let variable = variables.first(where: { $0.name == token.text }) else {
                    throw failure("unknown variable '\(token.text)' for pluralization", at: token)
                }
                count = variable.value
            }
            try expect(.blockEnd)
            let message = try parseMessage(mayHavePlural: false)
            plural = message.text
            names += message.names
            guard count != nil else { throw failure("pluralize without variables") }
        }
        advance()
        for name in names where !variables.contains(where: { $0.name == name.text }) {
            variables.append((name.text, Expression(.name(name.text), line: name.line)))
        }
        func shaped(_ text: String) -> String { isTrimmed ? text.joinedLines : text }
        return .translation(
            Translation(
                context: context, variables: variables, singular: shaped(singular.text),
                plural: plural.flatMap { text in count.map { (shaped(text), $0) } }))
    }

    private mutating func parseTranslationVariables() throws -> (
        variables: [(name: String, value: Expression)], isTrimmed: Bool
    ) {
        var variables: [(name: String, value: Expression)] = []
        var trimmed: Bool?
        while current.kind != .blockEnd {
            if !variables.isEmpty { try expect(.comma) }
            if skip(.colon) { break }
            let token = try expectName()
            guard !variables.contains(where: { $0.name == token.text }) else {
                throw failure("translatable variable '\(token.text)' defined twice.", at: token)
            }
            if skip(.assign) {
                variables.append((token.text, try parseExpression()))
            } else if trimmed == nil, token.text == "trimmed" || token.text == "notrimmed" {
                trimmed = token.text == "trimmed"
            } else {
                variables.append((token.text, Expression(.name(token.text), line: token.line)))
            }
        }
        return (variables, trimmed ?? false)
    }

    /// Text and plain variables up to `pluralize` or `endtrans`, which stays current.
    private mutating func parseMessage(mayHavePlural: Bool) throws -> (text: String, names: [Token]) {
        var (text, names): (String, [Token]) = ("", [])
        while true {
            switch current.kind {
            case .data: text += try advance().text.replacing("%", with: "%%")
            case .variableBegin:
                advance()
                let name = try expectName()
                names.append(name)
                text += "%(\(name.text))s"
                try expect(.variableEnd)
            case .blockBegin:
                advance()
                if current.isName("endtrans") || (mayHavePlural && current.isName("pluralize")) { return (text, names) }
                throw failure(misplaced(current))
            default: throw failure("unclosed translation block")
            }
        }
    }

    private func misplaced(_ token: Token) -> String {
        switch token.text {
        case "pluralize": "a translatable section can have only one pluralize section"
        case "trans": "trans blocks can't be nested; did you mean `endtrans`?"
        default: "control structures in translatable sections are not allowed; saw `\(token.text)`"
        }
    }
}

extension String {
    /// The text without whitespace at its ends and with one space for every line end and what surrounds it.
    fileprivate var joinedLines: String {
        BuiltInFilters.trimmed(self, nil).pythonLines().map { BuiltInFilters.trimmed($0, nil) }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}
