internal import RoostMarkup

extension Compiler {
    func compile(_ statement: Statement, _ scope: Scope) throws -> [Step] {
        let line = statement.line
        switch statement.kind {
        case .output(let parts): return try compileOutput(parts, scope, line)
        case .forLoop(let loop): return [try compileLoop(loop, scope, line)]
        case .ifElse(let branches, let elseBody): return [try compileIf(branches, elseBody, scope, line)]
        case .set(let target, let value):
            let value = try expression(value, scope)
            return [SetStep(try self.target(target, scope), value, line: line)]
        case .setBlock(let target, let filter, let body):
            let captured = try capture(body, filter, scope)
            // Where text is escaped, what the filter made is safe too.
            if filter != nil, autoescape {
                return [SetStep(try self.target(target, scope), SafeEvaluator(captured), line: line)]
            }
            return [SetStep(try self.target(target, scope), captured, line: line)]
        case .with(let targets, let values, let body): return try compileWith(targets, values, body, scope, line)
        case .macro(let signature):
            let code = try self.macro(signature, scope, line: line)
            let name = Expression(.name(signature.name), line: line)
            return [SetStep(try target(name, scope, .macro(MacroSignature(code))), MacroEvaluator(code), line: line)]
        case .callBlock(let call, let signature): return try compileCallBlock(call, signature, scope, line)
        case .filterBlock(let filter, let body):
            return try shown(OutputStep(try capture(body, filter, scope), escape: false, line: line))
        case .block(let block): return try compileBlockUse(block, scope, line)
        case .autoescape(let flag, let body): return try compileAutoescape(flag, body, scope, line)
        case .perform(let expression): return [PerformStep(try self.expression(expression, scope), line: line)]
        case .translation(let translation): return try compileTranslation(translation, scope, line)
        case .breakLoop: return [FlowStep(.breakLoop, line: line)]
        case .continueLoop: return [FlowStep(.continueLoop, line: line)]
        default: return try compileOtherTemplate(statement, scope)
        }
    }

    private func compileOtherTemplate(_ statement: Statement, _ scope: Scope) throws -> [Step] {
        let line = statement.line
        switch statement.kind {
        case .extends(let name):
            noteParent(name, scope)
            let step = ExtendsStep(try expression(name, scope), line: line)
            if scope.isTopLevel, branchDepth == 0 { isKnownToExtend = true }
            return [step]
        case .include(let name, let ignoreMissing, let withContext):
            note(name, isRequired: !ignoreMissing)
            let name = try expression(name, scope)
            let locals = withContext ? locals(scope) : nil
            return try shown(IncludeStep(name, ignoreMissing: ignoreMissing, locals: locals, line: line))
        case .importAs(let template, let name, let withContext):
            note(template, isRequired: true)
            let module = ModuleEvaluator(try expression(template, scope), locals: withContext ? locals(scope) : nil)
            let binding = template.literalText.map { Binding.module(template: $0) } ?? .other
            return [SetStep(try target(Expression(.name(name), line: line), scope, binding), module, line: line)]
        case .fromImport(let template, let names, let withContext):
            note(template, isRequired: true)
            let module = ModuleEvaluator(try expression(template, scope), locals: withContext ? locals(scope) : nil)
            let targets = try names.map { name, alias in
                let binding = template.literalText.map { Binding.imported(template: $0, export: name) } ?? .other
                return (name, try target(Expression(.name(alias), line: line), scope, binding))
            }
            if let source = template.literalText {
                facts.importedNames += names.map {
                    ImportedName(name: $0.name, source: source, template: self.template, line: line)
                }
            }
            return [FromImportStep(module, targets, line: line)]
        default: return []
        }
    }

    /// Output at the top level vanishes when the template extends another one.
    private func shown(_ step: Step) throws -> [Step] {
        guard checksOutput else { return [step] }
        return isKnownToExtend ? [] : [UnlessExtendedStep(step)]
    }

    // MARK: Output

    private func compileOutput(_ parts: [OutputPart], _ scope: Scope, _ line: Int) throws -> [Step] {
        var steps: [Step] = []
        var text = ""
        func flush() throws {
            if !text.isEmpty { steps += try shown(TextStep(text, line: line)) }
            text = ""
        }
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .expression(let expression, let column):
                let compiled = try shownExpression(expression, scope, column: column)
                if let constant = compiled.constant, let folded = foldedText(constant) {
                    text += folded
                } else {
                    try flush()
                    let step = OutputStep(compiled, escape: autoescape, line: expression.line)
                    step.column = column
                    steps += try shown(step)
                }
            }
        }
        try flush()
        return steps
    }

    private func shownExpression(_ expression: Expression, _ scope: Scope, column: Int) throws -> Evaluator {
        do { return try self.expression(expression, scope) } catch var error as TemplateError {
            if error.column == 0, error.line == expression.line { error.column = column }
            throw error
        }
    }

    /// What a constant prints, or nil where printing could fail.
    private func foldedText(_ value: TemplateValue) -> String? {
        if case .undefined = value { return nil }
        guard let text = try? value.text() else { return nil }
        return escapesConstants && !value.isSafe ? HTMLEscape.escaped(text) : text
    }

    private func compileTranslation(_ translation: Translation, _ scope: Scope, _ line: Int) throws -> [Step] {
        guard let translations = environment.options.translations else { return [] }
        let evaluator = TranslationEvaluator(
            translation, translations, count: try translation.plural.map { try expression($0.count, scope) },
            variables: try translation.variables.map { ($0.name, try expression($0.value, scope)) }, isSafe: autoescape)
        return try shown(OutputStep(evaluator, escape: autoescape, line: line))
    }

    // MARK: Control

    private func compileIf(
        _ branches: [Branch], _ elseBody: [Statement], _ scope: Scope, _ line: Int
    ) throws -> Step {
        branchDepth += 1
        defer { branchDepth -= 1 }
        let compiled = try branches.map { branch in
            IfStep.Branch(
                test: try expression(branch.test, scope), body: try body(branch.body, scope), line: branch.line)
        }
        return IfStep(compiled, try body(elseBody, scope), line: line)
    }

    private func compileWith(
        _ targets: [Expression], _ values: [Expression], _ body: [Statement], _ scope: Scope, _ line: Int
    ) throws -> [Step] {
        let inner = Scope(parent: scope, function: scope.function)
        let values = try values.map { try expression($0, scope) }
        var steps: [Step] = []
        for (target, value) in zip(targets, values) {
            defineNames(of: target, in: inner)
            steps.append(SetStep(try self.target(target, inner), value, line: line))
        }
        let (body, _) = try scopedBody(body, in: inner)
        steps.append(ScopeStep(body, line: line))
        return [ScopeStep(Body(steps, template: template), line: line)]
    }

    private func compileAutoescape(
        _ flag: Expression, _ body: [Statement], _ scope: Scope, _ line: Int
    ) throws -> [Step] {
        let flag = try expression(flag, scope)
        let saved = autoescape
        defer { autoescape = saved }
        let wasFolding = folds
        folds = folds && flag.constant != nil
        defer { folds = wasFolding }
        let outer = escapesConstants
        defer { escapesConstants = outer }
        func compiled(_ escape: Bool) throws -> Body {
            autoescape = escape
            if flag.constant != nil { escapesConstants = escape }
            return try scopedBody(body, in: scope).body
        }
        if let constant = flag.constant { return [ScopeStep(try compiled(constant.isTrue), line: line)] }
        let escaping = IfStep.Branch(test: flag, body: try compiled(true), line: line)
        return [IfStep([escaping], try compiled(false), line: line)]
    }

    func defineNames(of target: Expression, in scope: Scope) {
        switch target.kind {
        case .name(let name): scope.define(name)
        case .tuple(let items): for item in items { defineNames(of: item, in: scope) }
        default: break
        }
    }

    // MARK: Loops

    private func compileLoop(_ loop: ForLoop, _ outer: Scope, _ line: Int) throws -> Step {
        let sequence = try expression(loop.sequence, outer)
        guard loop.isRecursive else {
            return ForStep(try parts(loop, sequence, outer), recursion: nil, line: line)
        }
        let function = FunctionBuilder(undefined)
        let scope = Scope(parent: outer, function: function)
        let sequenceSlot = function.newSlot()
        _ = function.newSlot()
        let parts = try parts(loop, LocalEvaluator(sequenceSlot), scope)
        let step = ForStep(parts, recursion: function.code, line: line)
        function.code.body = Body([step], template: template)
        return RecursiveForStep(function.code, sequence, line: line)
    }

    private func parts(_ loop: ForLoop, _ sequence: Evaluator, _ outer: Scope) throws -> ForStep.Parts {
        let scope = Scope(parent: outer, function: outer.function)
        defineNames(of: loop.target, in: scope)
        let usesLoop = loop.isRecursive || loop.body.mention("loop")
        let loopSlot = usesLoop ? scope.define("loop") : nil
        let target = try target(loop.target, scope)
        let prologue = define(NameAnalysis(loop.body), in: scope)
        let saved = branchDepth
        branchDepth = 0
        defer { branchDepth = saved }
        let body = try body(loop.body, scope, prologue: prologue)
        let test = try loop.test.map { try loopTest($0, loop.target, outer) }
        let elseBody = loop.elseBody.isEmpty ? nil : try scopedBody(loop.elseBody, in: outer).body
        return ForStep.Parts(
            target: target, sequence: sequence, test: test, loopSlot: loopSlot, body: body, elseBody: elseBody)
    }

    /// The condition of a loop sees the loop's variables, but not `loop`.
    private func loopTest(
        _ test: Expression, _ target: Expression, _ outer: Scope
    ) throws -> (target: Target, condition: Evaluator) {
        let scope = Scope(parent: outer, function: outer.function)
        defineNames(of: target, in: scope)
        return (try self.target(target, scope), try expression(test, scope))
    }

    // MARK: Macros, captures, blocks

    private func compileCallBlock(
        _ call: Expression, _ signature: Signature, _ scope: Scope, _ line: Int
    ) throws -> [Step] {
        guard case .call(let callee, let arguments) = call.kind else { return [] }
        noteCall(callee, arguments, scope, line: line, isCallBlock: true)
        let caller = MacroEvaluator(try macro(signature, scope, line: line))
        let compiled = try self.arguments(arguments, scope, extra: [("caller", caller)])
        return try shown(
            OutputStep(CallEvaluator(try expression(callee, scope), compiled), escape: autoescape, line: line))
    }

    func macro(_ signature: Signature, _ outer: Scope, line: Int) throws -> MacroCode {
        let function = FunctionBuilder(undefined)
        let scope = Scope(parent: outer, function: function)
        let saved = (checksOutput, branchDepth)
        (checksOutput, branchDepth) = (false, 0)
        defer { (checksOutput, branchDepth) = saved }
        let slots = signature.parameters.map { scope.define($0) }
        let firstDefault = signature.parameters.count - signature.defaults.count
        let parameters = try signature.parameters.enumerated().map { index, name in
            MacroCode.Parameter(
                name: name, slot: slots[index],
                fallback: index < firstDefault
                    ? nil : try expression(signature.defaults[index - firstDefault], scope),
                undefined: Undefined(.message("parameter '\(name)' was not provided"), undefined))
        }
        let code = MacroCode(
            name: signature.name, parameters: parameters, function: function.code, template: template, line: line)
        if let index = signature.parameters.firstIndex(of: "caller"), index < firstDefault,
            signature.body.mention("caller")
        {
            throw TemplateError(
                "the special \"caller\" argument of a macro must be left out or have a default", line: line,
                kind: .syntax)
        }
        func special(_ name: String) -> Int? {
            signature.body.mention(name) && scope.ownSlot(name) == nil ? scope.define(name) : nil
        }
        code.callerSlot = special("caller")
        code.varargsSlot = special("varargs")
        code.kwargsSlot = special("kwargs")
        let prologue = define(NameAnalysis(signature.body), in: scope)
        function.code.body = try body(signature.body, scope, prologue: prologue)
        return code
    }

    private func capture(_ body: [Statement], _ filter: Expression?, _ scope: Scope) throws -> Evaluator {
        let saved = checksOutput
        checksOutput = false
        defer { checksOutput = saved }
        let captured = CaptureEvaluator(try scopedBody(body, in: scope).body, isSafe: autoescape)
        return try filter.map { try applied($0, to: captured, scope) } ?? captured
    }

    private func compileBlockUse(_ block: BlockDefinition, _ scope: Scope, _ line: Int) throws -> [Step] {
        try compileBlock(block)
        if scope.isTopLevel, checksOutput, isKnownToExtend { return [] }
        let step = BlockStep(block.name, locals: block.isScoped ? locals(scope) : nil, line: line)
        return scope.isTopLevel && checksOutput ? [UnlessExtendedStep(step)] : [step]
    }
}
