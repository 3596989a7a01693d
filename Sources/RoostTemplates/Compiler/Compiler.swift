/// Compiles the statements of one template to code: names become slots, constants are folded, text is merged.
final class Compiler {
    let environment: TemplateEnvironment
    let template: String
    /// The line of the statement before, where Jinja reports a `set` that has no namespace.
    var lastLine = 1
    /// Whether constants are escaped; it stays as outside where only the rendering knows.
    lazy var escapesConstants = autoescape
    var autoescape: Bool
    /// Whether constants are computed now; not where only the rendering knows whether text is escaped.
    var folds = true
    /// For filters that are computed now.
    private(set) lazy var foldingState = RenderState(
        context: Context(environment: environment, arguments: [:]))
    var blocks: [String: BlockCode] = [:]
    var facts = TemplateFacts()
    /// The calls of names, with the scope they stand in.
    var calls: [(scope: Scope, use: MacroUse)] = []

    /// Whether an unconditional `extends` was seen: nothing at the top level is shown any more.
    var isKnownToExtend = false
    /// Whether output here is shown only when the template did not extend another one.
    var checksOutput = false
    /// Inside a branch of the current function, where unknown names are reported late.
    var branchDepth = 0

    var undefined: TemplateOptions.UndefinedBehaviour { environment.options.undefined }

    init(environment: TemplateEnvironment, template: String) {
        self.environment = environment
        self.template = template
        autoescape = environment.options.autoescape(template)
    }

    /// Compiles the whole template.
    ///
    /// - Throws: `TemplateError` with the place.
    func compile(_ statements: [Statement]) throws -> FunctionCode {
        try collectBlocks(statements, isNested: false)
        let function = FunctionBuilder(undefined)
        let scope = Scope(parent: nil, function: function, isTopLevel: true)
        checksOutput = statements.contains { $0.containsExtends }
        if statements.mention("self") { defineSelf(scope) }
        let prologue = define(NameAnalysis(statements), in: scope)
        function.code.body = try body(statements, scope, prologue: selfStep(scope) + prologue)
        resolveCalls(root: scope)
        return function.code
    }

    private func defineSelf(_ scope: Scope) {
        scope.define("self")
    }

    private func selfStep(_ scope: Scope) -> [Step] {
        guard let slot = scope.ownSlot("self") else { return [] }
        return [ResetStep(slot: slot, SelfEvaluator())]
    }

    /// Gives the names that a scope sets their slots, and returns the steps that set them at its start.
    func define(_ analysis: NameAnalysis, in scope: Scope) -> [Step] {
        var steps: [Step] = []
        for (name, needsOuterValue) in analysis.stored where scope.ownSlot(name) == nil {
            let outer = scope.parent?.find(name) == nil && !needsOuterValue ? nil : scope.evaluator(of: name)
            let slot = scope.define(name)
            steps.append(
                ResetStep(slot: slot, outer ?? ConstantEvaluator(.undefined(Undefined(.name(name), undefined)))))
        }
        return steps
    }

    func body(_ statements: [Statement], _ scope: Scope, prologue: [Step] = []) throws -> Body {
        var steps = prologue
        for statement in statements {
            do {
                let compiled = try compile(statement, scope)
                for step in compiled where step.column == 0 { step.column = statement.column }
                steps += compiled
                if !statement.isText { lastLine = max(lastLine, statement.line) }
            } catch var error as TemplateError {
                if error.line == 0 { error.line = statement.line }
                if error.column == 0, error.line == statement.line { error.column = statement.column }
                throw error
            }
        }
        return Body(steps, template: template)
    }

    /// A body with names of its own in the same function.
    func scopedBody(
        _ statements: [Statement], in parent: Scope, parameters: [String] = []
    ) throws -> (body: Body, scope: Scope) {
        let scope = Scope(parent: parent, function: parent.function)
        for parameter in parameters { scope.define(parameter) }
        let prologue = define(NameAnalysis(statements), in: scope)
        let depth = branchDepth
        branchDepth = 0
        defer { branchDepth = depth }
        return (try body(statements, scope, prologue: prologue), scope)
    }

    func target(_ expression: Expression, _ scope: Scope, _ binding: Binding = .other) throws -> Target {
        switch expression.kind {
        case .name(let name):
            scope.bind(name, binding)
            let slot = scope.ownSlot(name) ?? scope.define(name)
            return scope.isTopLevel ? .exported(slot, name: name) : .slot(slot)
        case .namespaceMember(let name, let member):
            return .member(scope.evaluator(of: name), name: member, lineBefore: lastLine)
        case .tuple(let items): return .tuple(try items.map { try target($0, scope) })
        default: throw TemplateError("can't assign to this expression", line: expression.line, kind: .syntax)
        }
    }

    /// The variables that an included template or a scoped block sees beside the context.
    func locals(_ scope: Scope) -> [ContextLocal] {
        scope.visibleNames.map { ContextLocal(name: $0, hash: hashBytes(of: $0), value: scope.evaluator(of: $0)) }
    }

    // MARK: Blocks

    /// Blocks are functions of their own, wherever they stand.
    private func collectBlocks(_ statements: [Statement], isNested: Bool) throws {
        for statement in statements {
            var isNested = isNested
            if case .block(let block) = statement.kind {
                facts.blocks.append(BlockPlace(name: block.name, line: statement.line, isNested: isNested))
                isNested = true
                guard blocks[block.name] == nil else {
                    throw TemplateError("block '\(block.name)' defined twice", line: statement.line, kind: .syntax)
                }
                blocks[block.name] = BlockCode(
                    name: block.name, isRequired: block.isRequired, template: template, function: FunctionCode())
            }
            for body in statement.nestedBodies { try collectBlocks(body, isNested: isNested) }
        }
    }

    func compileBlock(_ block: BlockDefinition) throws {
        let function = FunctionBuilder(undefined)
        let scope = Scope(parent: nil, function: function)
        scope.isScopedBlock = block.isScoped
        let code = BlockCode(
            name: block.name, isRequired: block.isRequired, template: template, function: function.code)
        if block.body.mention("super") { code.superSlot = scope.define("super") }
        if block.body.mention("self") { code.selfSlot = scope.define("self") }
        let saved = (isKnownToExtend, checksOutput, branchDepth)
        (isKnownToExtend, checksOutput, branchDepth) = (false, false, 0)
        defer { (isKnownToExtend, checksOutput, branchDepth) = saved }
        let prologue = define(NameAnalysis(block.body), in: scope)
        function.code.body = try body(block.body, scope, prologue: prologue)
        blocks[block.name] = code
    }
}

final class SelfEvaluator: Evaluator {
    override func evaluate(_ state: RenderState) -> TemplateValue { .native(SelfValue(state.context)) }
}

extension Statement {
    var nestedBodies: [[Statement]] {
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

    var containsExtends: Bool {
        if case .extends = kind { return true }
        return nestedBodies.contains { $0.contains(where: \.containsExtends) }
    }
}
