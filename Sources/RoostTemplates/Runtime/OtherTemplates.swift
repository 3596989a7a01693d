internal import RoostMarkup

final class ExtendsStep: Step {
    private let name: Evaluator

    init(_ name: Evaluator, line: Int) {
        self.name = name
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        let context = state.context
        guard context.parentTemplate == nil else { throw TemplateError("extended multiple times") }
        let parent = try state.passing(.extended) { try state.template(try name.evaluate(state)) }
        context.blocks = context.blocks.extended(by: parent)
        context.parentTemplate = parent
        context.parentLine = line
        return .normal
    }
}

final class IncludeStep: Step {
    private let name: Evaluator
    private let ignoreMissing: Bool
    /// The variables to hand over, or nil for an include without context.
    private let locals: [ContextLocal]?

    init(_ name: Evaluator, ignoreMissing: Bool, locals: [ContextLocal]?, line: Int) {
        self.name = name
        self.ignoreMissing = ignoreMissing
        self.locals = locals
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        let template: Template
        do {
            template = try state.passing(.included) { try state.template(try name.evaluate(state)) }
        } catch let error as TemplateError where error.kind == .templateNotFound && ignoreMissing {
            return .normal
        }
        let context =
            try locals.map { Context(extending: state.context, locals: try state.values(of: $0)) }
            ?? Context(environment: state.environment, arguments: [:])
        try state.passing(.included) { try state.render(template, in: context) }
        return .normal
    }
}

/// `import` and `from … import`: the module of a template.
final class ModuleEvaluator: Evaluator {
    private let name: Evaluator
    private let locals: [ContextLocal]?

    init(_ name: Evaluator, locals: [ContextLocal]?) {
        self.name = name
        self.locals = locals
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        try state.passing(.imported) {
            let template = try state.template(try name.evaluate(state))
            guard let locals else { return .native(try template.sharedModule(state)) }
            let context = Context(extending: state.context, locals: try state.values(of: locals))
            return .native(try ModuleValue(template, context, state))
        }
    }
}

final class FromImportStep: Step {
    private let module: ModuleEvaluator
    private let names: [(name: String, target: Target)]

    init(_ module: ModuleEvaluator, _ names: [(name: String, target: Target)], line: Int) {
        self.module = module
        self.names = names
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        guard case .native(let native) = try module.evaluate(state), let module = native as? ModuleValue else {
            return .normal
        }
        for (name, target) in names {
            let missing = "the template '\(module.template.name)' does not export the requested name '\(name)'"
            try target.assign(module.member(name) ?? state.undefined(missing), state)
        }
        return .normal
    }
}

/// The result of an import: what the template set at its top level.
final class ModuleValue: NativeValue {
    let template: Template
    private let context: Context
    private let body: String

    init(_ template: Template, _ context: Context, _ state: RenderState) throws {
        self.template = template
        self.context = context
        body = try state.capturing { try state.render(template, in: context) }
    }

    override var typeName: String { "TemplateModule" }
    override func text() -> String { body }

    override func member(_ name: String) -> TemplateValue? {
        name.hasPrefix("_") ? nil : context.exported(name)
    }
}

extension RenderState {
    /// The template of a name, the first that exists of a list, or the template itself.
    func template(_ reference: TemplateValue) throws -> Template {
        switch reference {
        case .string(let name): return try environment.template(named: name)
        case .safe(let html): return try environment.template(named: html.text)
        case .list(let list), .tuple(let list): return try firstTemplate(of: list.items)
        case .native, .dict, .object: return try firstTemplate(of: try reference.elements())
        case .undefined(let undefined): throw TemplateError(undefined.message, kind: .undefined)
        case _ where !reference.isTrue:
            throw TemplateError("Tried to select from an empty list of templates", kind: .templateNotFound)
        default: throw TemplateError("'\(reference.typeName)' is not the name of a template")
        }
    }

    private func firstTemplate(of names: [TemplateValue]) throws -> Template {
        for name in names where name.stringValue != nil || name.isUndefined {
            do { return try template(name) } catch let error as TemplateError where error.kind == .templateNotFound {
                continue
            }
        }
        let list = names.compactMap(\.stringValue).joined(separator: ", ")
        throw TemplateError("none of the templates given were found: \(list)", kind: .templateNotFound)
    }

    /// The variables that have a value now.
    func values(of locals: [ContextLocal]) throws -> [ContextValue] {
        var values: [ContextValue] = []
        values.reserveCapacity(locals.count)
        for local in locals {
            let value = try local.value.evaluate(self)
            if !value.isUndefined { values.append(ContextValue(name: local.name, hash: local.hash, value: value)) }
        }
        return values
    }

    /// The elements of a loop's sequence.
    func elements(of value: TemplateValue) throws -> [TemplateValue] {
        let elements = try value.elements()
        try limits.checkElements(elements.count)
        return elements
    }
}
