extension Compiler {
    func expression(_ expression: Expression, _ scope: Scope) throws -> Evaluator {
        do {
            return try compile(expression, scope)
        } catch var error as TemplateError {
            if error.line == 0 { error.line = expression.line }
            throw error
        }
    }

    private func compile(_ expression: Expression, _ scope: Scope) throws -> Evaluator {
        switch expression.kind {
        case .constant(let value): return ConstantEvaluator(value)
        case .name(let name): return scope.evaluator(of: name)
        case .namespaceMember(let name, let member):
            return AttributeEvaluator(scope.evaluator(of: name), member, undefined)
        case .attribute(let object, let name):
            if case .name("self") = object.kind { facts.selfMembers.insert(name) }
            return AttributeEvaluator(try self.expression(object, scope), name, undefined)
        case .item(let object, let key): return try compileItem(object, key, scope)
        case .slice: throw TemplateError("a slice can only stand in a subscript", kind: .syntax)
        case .call(let callee, let arguments):
            noteCall(callee, arguments, scope, line: expression.line)
            return CallEvaluator(try self.expression(callee, scope), try self.arguments(arguments, scope))
        case .filter(let value, let name, let arguments):
            guard let value else { throw TemplateError("a filter without a value", kind: .syntax) }
            return try filter(name, try self.expression(value, scope), arguments, scope, line: expression.line)
        case .test(let value, let name, let arguments):
            return try test(name, try self.expression(value, scope), arguments, scope, line: expression.line)
        case .list(let items): return ListEvaluator(try items.map { try self.expression($0, scope) }, isTuple: false)
        case .tuple(let items): return try compileTuple(items, scope)
        case .dict(let items):
            return DictEvaluator(
                try items.map { (try self.expression($0.key, scope), try self.expression($0.value, scope)) })
        default: return try compileOperator(expression, scope)
        }
    }

    private func compileOperator(_ expression: Expression, _ scope: Scope) throws -> Evaluator {
        func compiled(_ part: Expression) throws -> Evaluator { try self.expression(part, scope) }
        switch expression.kind {
        case .negative(let operand): return folded(NegativeEvaluator(try compiled(operand), isNegative: true))
        case .positive(let operand): return folded(NegativeEvaluator(try compiled(operand), isNegative: false))
        case .not(let operand): return NotEvaluator(try compiled(operand))
        case .and(let left, let right): return LogicEvaluator(try compiled(left), try compiled(right), isAnd: true)
        case .or(let left, let right): return LogicEvaluator(try compiled(left), try compiled(right), isAnd: false)
        case .binary(let operation, let left, let right):
            let (left, right) = (try compiled(left), try compiled(right))
            let evaluator = BinaryEvaluator(operation, left, right)
            return foldedOperation(operation, left, right) ?? evaluator
        case .concatenation(let parts): return try concatenation(try parts.map(compiled))
        case .compare(let first, let operands):
            return CompareEvaluator(try compiled(first), try operands.map { ($0.operation, try compiled($0.operand)) })
        case .conditional(let test, let then, let otherwise):
            branchDepth += 1
            defer { branchDepth -= 1 }
            return ConditionalEvaluator(
                try compiled(test), then: try compiled(then),
                otherwise: try otherwise.map(compiled) ?? ConstantEvaluator(.undefined(Undefined(.inlineIf, undefined)))
            )
        default: throw TemplateError("unexpected expression", kind: .syntax)
        }
    }

    private func compileItem(_ object: Expression, _ key: Expression, _ scope: Scope) throws -> Evaluator {
        let object = try expression(object, scope)
        guard case .slice(let start, let stop, let step) = key.kind else {
            return ItemEvaluator(object, try expression(key, scope))
        }
        return SliceEvaluator(object, try [start, stop, step].map { try $0.map { try expression($0, scope) } })
    }

    /// A tuple of constants is one constant: tuples do not change.
    private func compileTuple(_ items: [Expression], _ scope: Scope) throws -> Evaluator {
        let compiled = try items.map { try expression($0, scope) }
        let constants = compiled.compactMap(\.constant)
        return constants.count == compiled.count
            ? ConstantEvaluator(.tuple(TemplateList(constants))) : ListEvaluator(compiled, isTuple: true)
    }

    // MARK: Folding

    private func folded(_ evaluator: NegativeEvaluator) -> Evaluator {
        guard evaluator.isOfConstant, let value = try? evaluator.evaluate(foldingState) else { return evaluator }
        return ConstantEvaluator(value)
    }

    /// The result of arithmetic on constants; what fails is left to fail when rendered.
    private func foldedOperation(_ operation: BinaryOperator, _ left: Evaluator, _ right: Evaluator) -> Evaluator? {
        guard let left = left.constant, let right = right.constant, left.doubleValue != nil,
            right.doubleValue != nil, let value = try? left.applying(operation, right)
        else { return nil }
        return ConstantEvaluator(value)
    }

    /// Constants are joined as plain text even when they are safe: Jinja computes them before it knows about escaping.
    private func concatenation(_ parts: [Evaluator]) throws -> Evaluator {
        let constants = parts.compactMap(\.foldable)
        guard folds, constants.count == parts.count, !constants.contains(where: \.isUndefined) else {
            return ConcatenationEvaluator(parts, escape: autoescape)
        }
        return ConstantEvaluator(.string(try constants.map { try $0.text() }.joined()))
    }

    /// The result of a built-in filter on constants; what fails is left to fail when rendered.
    private func folded(_ evaluator: FilterEvaluator, _ name: String) -> Evaluator {
        guard folds, environment.foldableFilters.contains(name), evaluator.hasConstantInput,
            let value = try? evaluator.evaluate(foldingState)
        else { return evaluator }
        switch value {
        case .bool, .int, .big, .float, .string, .safe, .none: return ConstantEvaluator(value)
        default: return evaluator
        }
    }

    // MARK: Filters, tests, arguments

    func filter(
        _ name: String, _ value: Evaluator, _ arguments: Arguments, _ scope: Scope, line: Int
    ) throws -> Evaluator {
        guard let filter = environment.filters[name] else {
            return try unknown(.unknown("filter", name, among: environment.filters.keys), line: line)
        }
        if let error = misfit(name, arguments, environment.filterSignatures[name], line: line) {
            facts.problems.append(error)
            return RaiseEvaluator(error)
        }
        return folded(FilterEvaluator(value, filter, try self.arguments(arguments, scope)), name)
    }

    /// What is wrong with the arguments, where they can be counted now. As in Jinja it is an error once it runs;
    /// `compileAll` reports it before.
    func misfit(_ name: String, _ arguments: Arguments, _ signature: CallSignature?, line: Int) -> TemplateError? {
        guard let signature, arguments.unpackedPositional == nil, arguments.unpackedKeywords == nil,
            let problem = signature.problem(
                name, positional: arguments.positional.count, keywords: arguments.keywords.map(\.name))
        else { return nil }
        return TemplateError(problem, template: template, line: line)
    }

    private func test(
        _ name: String, _ value: Evaluator, _ arguments: Arguments, _ scope: Scope, line: Int
    ) throws -> Evaluator {
        guard let test = environment.tests[name] else {
            return try unknown(.unknown("test", name, among: environment.tests.keys), line: line)
        }
        return TestEvaluator(value, test, try self.arguments(arguments, scope))
    }

    /// In a branch an unknown name is an error only once it runs, as in Jinja; `compileAll` reports it anyway.
    private func unknown(_ error: TemplateError, line: Int) throws -> Evaluator {
        var error = error
        error.line = line
        error.template = template
        guard branchDepth > 0 else { throw error }
        facts.problems.append(error)
        return RaiseEvaluator(error)
    }

    /// A chain of filters behind a tag, applied to what the tag captured.
    func applied(_ chain: Expression, to value: Evaluator, _ scope: Scope) throws -> Evaluator {
        guard case .filter(let inner, let name, let arguments) = chain.kind else { return value }
        let value = try inner.map { try applied($0, to: value, scope) } ?? value
        return try filter(name, value, arguments, scope, line: chain.line)
    }

    func arguments(
        _ arguments: Arguments, _ scope: Scope, extra: [(name: String, value: Evaluator)] = []
    ) throws -> CompiledArguments {
        CompiledArguments(
            positional: try arguments.positional.map { try expression($0, scope) },
            keywords: try arguments.keywords.map { ($0.name, try expression($0.value, scope)) } + extra,
            unpackedPositional: try arguments.unpackedPositional.map { try expression($0, scope) },
            unpackedKeywords: try arguments.unpackedKeywords.map { try expression($0, scope) },
            autoescape: autoescape)
    }
}
