internal import RoostMarkup

/// One definition of a block.
final class BlockCode {
    let name: String
    let isRequired: Bool
    let template: String
    let function: FunctionCode
    var superSlot: Int?
    var selfSlot: Int?

    init(name: String, isRequired: Bool, template: String, function: FunctionCode) {
        self.name = name
        self.isRequired = isRequired
        self.template = template
        self.function = function
    }

    func run(level: Int, _ state: RenderState, _ context: Context) throws {
        try state.run(function, parent: nil, context: context) { frame in
            if let superSlot { frame.slots[superSlot] = BlockReference.parent(of: self, level: level, in: context) }
            if let selfSlot { frame.slots[selfSlot] = .native(SelfValue(context)) }
        }
    }
}

final class BlockStep: Step {
    private let name: String
    /// The variables that a scoped block sees, or nil for a plain one.
    private let locals: [ContextLocal]?

    init(_ name: String, locals: [ContextLocal]?, line: Int) {
        self.name = name
        self.locals = locals
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        guard let block = state.context.blocks[name]?.first else { throw TemplateError("block '\(name)' not found") }
        if block.isRequired { throw TemplateError("Required block '\(name)' not found") }
        var context = state.context
        if let locals {
            context = Context(extending: state.context, locals: try state.values(of: locals))
            context.blocks = state.context.blocks
        }
        try state.passing(.shown) { try block.run(level: 0, state, context) }
        return .normal
    }
}

/// `super` or `self.name`: a block that can be called.
final class BlockReference: NativeValue {
    private let name: String
    private let level: Int
    private let context: Context

    init(_ name: String, level: Int, in context: Context) {
        self.name = name
        self.level = level
        self.context = context
    }

    static func parent(of block: BlockCode, level: Int, in context: Context) -> TemplateValue {
        guard let chain = context.blocks[block.name], level + 1 < chain.count else {
            return .undefined(Undefined(.message("there is no parent block called '\(block.name)'.")))
        }
        return .native(BlockReference(block.name, level: level + 1, in: context))
    }

    override var typeName: String { "BlockReference" }
    override var isCallable: Bool { true }

    override func member(_ member: String) -> TemplateValue? {
        guard member == "super", let chain = context.blocks[name] else { return nil }
        return .some(BlockReference.parent(of: chain[level], level: level, in: context))
    }

    override func call(_ call: TemplateCall) throws -> TemplateValue {
        let text = try call.state.capturing { try callAppending(call) }
        return call.autoescape ? .safe(SafeHTML(trusted: text)) : .string(text)
    }

    override func callAppending(_ call: TemplateCall) throws {
        guard let chain = context.blocks[name] else { return }
        try call.state.passing(.called) { try chain[level].run(level: level, call.state, context) }
    }
}

/// `self`: the blocks of the template.
final class SelfValue: NativeValue {
    private let context: Context

    init(_ context: Context) { self.context = context }

    override var typeName: String { "TemplateReference" }

    override func member(_ name: String) -> TemplateValue? {
        context.blocks[name] == nil ? nil : .native(BlockReference(name, level: 0, in: context))
    }
}
