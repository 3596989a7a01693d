/// Finds which names a body sets in its own scope, and which names it mentions.
struct NameAnalysis {
    /// The names that are set, in order; true when the name may be read or left unset before, so that its value
    /// from further out counts.
    private(set) var stored: [(name: String, needsOuterValue: Bool)] = []
    private var loaded: Set<String> = []
    private var branchDepth = 0

    init(_ body: [Statement]) {
        visit(body)
    }

    private mutating func store(_ name: String) {
        guard !stored.contains(where: { $0.name == name }) else { return }
        stored.append((name, loaded.contains(name) || branchDepth > 0))
    }

    private mutating func store(target: Expression) {
        switch target.kind {
        case .name(let name): store(name)
        case .tuple(let items): for item in items { store(target: item) }
        case .namespaceMember(let name, _): loaded.insert(name)
        default: break
        }
    }

    private mutating func visit(_ body: [Statement]) {
        for statement in body { visit(statement) }
    }

    /// Bodies that are scopes of their own are not entered.
    private mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .output(let parts): for case .expression(let expression, _) in parts { load(expression) }
        case .forLoop(let loop): load(loop.sequence)
        case .ifElse(let branches, let elseBody):
            branchDepth += 1
            for branch in branches {
                load(branch.test)
                visit(branch.body)
            }
            visit(elseBody)
            branchDepth -= 1
        case .set(let target, let value):
            load(value)
            store(target: target)
        case .setBlock(let target, _, _): store(target: target)
        case .with(_, let values, _): values.forEach { load($0) }
        case .macro(let macro): store(macro.name)
        case .callBlock(let call, _): load(call)
        case .filterBlock(let filter, _): load(filter)
        case .extends(let name), .include(let name, _, _), .perform(let name): load(name)
        case .translation(let translation):
            for variable in translation.variables { load(variable.value) }
            if let plural = translation.plural { load(plural.count) }
        case .importAs(let template, let name, _):
            load(template)
            store(name)
        case .fromImport(let template, let names, _):
            load(template)
            for name in names { store(name.alias) }
        case .block, .autoescape, .breakLoop, .continueLoop: break
        }
    }

    private mutating func load(_ expression: Expression) {
        expression.forEachName { loaded.insert($0) }
    }
}

extension Expression {
    func forEachName(_ body: (String) -> Void) {
        if case .name(let name) = kind { body(name) }
        for child in kind.children { child.forEachName(body) }
    }
}

extension [Statement] {
    /// Whether `name` is mentioned anywhere inside, nested scopes included.
    func mention(_ name: String) -> Bool {
        contains { $0.mentions(name) }
    }
}

extension Statement {
    fileprivate func mentions(_ name: String) -> Bool {
        expressions.contains { expression in
            var found = false
            expression.forEachName { if $0 == name { found = true } }
            return found
        } || bodies.contains { $0.mention(name) } || isOpenInclude(name)
    }

    /// An included template sees `loop`.
    private func isOpenInclude(_ name: String) -> Bool {
        if case .block(let block) = kind { return block.isScoped && name == "loop" }
        return false
    }

    private var expressions: [Expression] {
        switch kind {
        case .output(let parts):
            parts.compactMap { if case .expression(let expression, _) = $0 { expression } else { nil } }
        case .forLoop(let loop): [loop.sequence] + (loop.test.map { [$0] } ?? [])
        case .ifElse(let branches, _): branches.map(\.test)
        case .set(let target, let value): [target, value]
        case .setBlock(_, let filter, _): filter.map { [$0] } ?? []
        case .with(_, let values, _): values
        case .macro(let signature): signature.defaults
        case .callBlock(let call, let signature): [call] + signature.defaults
        case .filterBlock(let filter, _): [filter]
        case .extends(let name), .include(let name, _, _), .perform(let name), .importAs(let name, _, _),
            .fromImport(let name, _, _), .autoescape(let name, _):
            [name]
        case .translation(let translation):
            translation.variables.map(\.value) + (translation.plural.map { [$0.count] } ?? [])
        case .block, .breakLoop, .continueLoop: []
        }
    }

    private var bodies: [[Statement]] {
        switch kind {
        case .forLoop(let loop): [loop.body, loop.elseBody]
        case .ifElse(let branches, let elseBody): branches.map(\.body) + [elseBody]
        case .setBlock(_, _, let body), .with(_, _, let body), .filterBlock(_, let body), .autoescape(_, let body):
            [body]
        case .macro(let signature), .callBlock(_, let signature): [signature.body]
        case .block(let block): [block.body]
        default: []
        }
    }
}

extension Statement {
    /// Whether the statement is text only.
    var isText: Bool {
        guard case .output(let parts) = kind else { return false }
        return parts.allSatisfy { if case .text = $0 { true } else { false } }
    }
}
