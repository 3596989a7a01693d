internal import RoostMarkup

final class ForStep: Step {
    struct Parts {
        let target: Target
        let sequence: Evaluator
        let test: (target: Target, condition: Evaluator)?
        let loopSlot: Int?
        let body: Body
        let elseBody: Body?
    }

    private let parts: Parts
    private let recursion: FunctionCode?

    init(_ parts: Parts, recursion: FunctionCode?, line: Int) {
        self.parts = parts
        self.recursion = recursion
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        var items = try state.elements(of: try parts.sequence.evaluate(state))
        if let test = parts.test {
            items = try items.filter { item in
                try state.spend()
                try test.target.assign(item, state)
                return try test.condition.isTrue(state)
            }
        }
        guard !items.isEmpty else { return try parts.elseBody?.run(state) ?? .normal }
        try visit(items, state)
        return .normal
    }

    private func visit(_ items: [TemplateValue], _ state: RenderState) throws {
        let loop = makeLoop(items, state)
        let slots = state.slots
        for index in items.indices {
            if let loop { loop.index = index }
            if case .slot(let slot) = parts.target {
                slots[slot] = items[index]
            } else {
                try parts.target.assign(items[index], state)
            }
            try state.spend()
            try state.output.check()
            if try parts.body.run(state) == .breakLoop { break }
        }
    }

    private func makeLoop(_ items: [TemplateValue], _ state: RenderState) -> LoopValue? {
        guard let slot = parts.loopSlot else { return nil }
        let loop = LoopValue(items, state.environment.options.undefined)
        if let recursion {
            loop.recursion = (recursion, state.frame.parent, state.context)
            if case .int(let depth) = state.slots[1] { loop.depth = depth }
        }
        state.slots[slot] = .native(loop)
        return loop
    }
}

/// Starts a loop that may call itself; slot 0 of its function is the sequence, slot 1 the depth.
final class RecursiveForStep: Step {
    private let function: FunctionCode
    private let sequence: Evaluator

    init(_ function: FunctionCode, _ sequence: Evaluator, line: Int) {
        self.function = function
        self.sequence = sequence
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        let items = try sequence.evaluate(state)
        try state.run(function, parent: state.frame, context: state.context) { frame in
            frame.slots[0] = items
            frame.slots[1] = .int(0)
        }
        return .normal
    }
}

/// The variable `loop`.
final class LoopValue: NativeValue {
    let elements: [TemplateValue]
    var index = 0
    var depth = 0
    var recursion: (function: FunctionCode, parent: Frame?, context: Context)?
    private var lastChanged: [TemplateValue]?

    private let undefined: TemplateOptions.UndefinedBehaviour

    init(_ elements: [TemplateValue], _ undefined: TemplateOptions.UndefinedBehaviour) {
        self.elements = elements
        self.undefined = undefined
    }

    override var typeName: String { "LoopContext" }
    override func text() -> String { "<LoopContext \(index + 1)/\(elements.count)>" }
    override var length: Int? { elements.count }

    override func member(_ name: String) -> TemplateValue? {
        switch name {
        case "depth": .int(depth + 1)
        case "depth0": .int(depth)
        case "previtem":
            index > 0 ? elements[index - 1] : .undefined(Undefined(.message("there is no previous item"), undefined))
        case "nextitem":
            index + 1 < elements.count
                ? elements[index + 1] : .undefined(Undefined(.message("there is no next item"), undefined))
        case "cycle": .native(MethodValue("cycle") { [self] in try cycle($0) })
        case "changed": .native(MethodValue("changed") { [self] in try changed($0) })
        default: Member(rawValue: name).map { member($0) }
        }
    }

    /// The members that loops ask for all the time.
    enum Member: String {
        case index
        case index0
        case revindex
        case revindex0
        case first
        case last
        case length
    }

    func member(_ member: Member) -> TemplateValue {
        switch member {
        case .index: .int(index + 1)
        case .index0: .int(index)
        case .revindex: .int(elements.count - index)
        case .revindex0: .int(elements.count - index - 1)
        case .first: .bool(index == 0)
        case .last: .bool(index == elements.count - 1)
        case .length: .int(elements.count)
        }
    }

    private func cycle(_ call: TemplateCall) throws -> TemplateValue {
        guard !call.positional.isEmpty else { throw TemplateError("no items for cycling given") }
        return call.positional[index % call.positional.count]
    }

    private func changed(_ call: TemplateCall) throws -> TemplateValue {
        if let last = lastChanged, try last.elementsEqual(call.positional, by: { try $0.isEqual(to: $1) }) {
            return .bool(false)
        }
        lastChanged = call.positional
        return .bool(true)
    }

    override var isCallable: Bool { recursion != nil }

    override func call(_ call: TemplateCall) throws -> TemplateValue {
        let text = try call.state.capturing { try callAppending(call) }
        return call.autoescape ? .safe(SafeHTML(trusted: text)) : .string(text)
    }

    override func callAppending(_ call: TemplateCall) throws {
        guard let recursion else {
            throw TemplateError(
                "The loop must have the 'recursive' marker to be called recursively.")
        }
        guard let items = call[0] else { throw TemplateError("loop() takes one argument") }
        try call.state.run(recursion.function, parent: recursion.parent, context: recursion.context) { frame in
            frame.slots[0] = items
            frame.slots[1] = .int(depth + 1)
        }
    }
}
