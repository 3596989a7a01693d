internal import RoostMarkup

/// One rendering: the output and where it stands.
final class RenderState {
    let output: Output
    private(set) var frame: Frame
    /// The variables of `frame`, one step nearer.
    private(set) var slots: UnsafeMutablePointer<TemplateValue>
    var context: Context
    let environment: TemplateEnvironment
    let isStrict: Bool
    private let maximumDepth: Int
    private var depth = 0
    private var frames: [Frame] = []

    init(context: Context) {
        self.context = context
        environment = context.environment
        output = Output(limit: environment.options.maximumOutput)
        isStrict = environment.options.undefined == .strict
        maximumDepth = environment.options.maximumDepth
        frame = Frame()
        slots = frame.slots
    }

    /// An undefined value as this environment makes them.
    func undefined(_ subject: Undefined.Subject) -> TemplateValue {
        .undefined(Undefined(subject, environment.options.undefined))
    }

    func undefined(_ message: String) -> TemplateValue { undefined(.message(message)) }

    /// Makes a state that was used before fit for another rendering.
    func reset(_ context: Context) {
        self.context = context
        depth = 0
        output.reset()
    }

    // MARK: Output

    func append(_ value: TemplateValue, escape: Bool) throws {
        switch value {
        case .string(let text): if escape { output.append(escaping: text) } else { output.append(text) }
        case .safe(let html): output.append(html.text)
        case .int(let number): output.append(number)
        case .none: output.append("None")
        case .bool(let flag): output.append(flag ? "True" : "False")
        case .undefined(let undefined):
            if undefined.behaviour == .lenient { return }
            try append(.string(try undefined.text()), escape: escape)
        case .object(let object):
            if let html = object.templateHTML {
                output.append(html.text)
            } else {
                try append(.string(object.templateText), escape: escape)
            }
        default: try append(.string(try value.text()), escape: escape)
        }
    }

    /// What `body` appends, taken off the output again.
    func capturing(_ body: () throws -> Void) throws -> String {
        let start = output.count
        try body()
        try output.check()
        return output.text(from: start)
    }

    // MARK: Functions

    /// Runs a function in a new frame.
    ///
    /// - Throws: `TemplateError` when calls nest deeper than the options allow.
    @inline(__always)
    func run(_ function: FunctionCode, parent: Frame?, context: Context, prepare: (Frame) throws -> Void) throws {
        guard depth < maximumDepth else { throw TemplateError("maximum recursion depth exceeded") }
        let (savedFrame, savedContext) = (frame, self.context)
        depth += 1
        defer {
            let finished = frame
            frame = savedFrame
            slots = savedFrame.slots
            self.context = savedContext
            depth -= 1
            recycle(finished)
        }
        let frame = frames.popLast() ?? Frame()
        frame.prepare(count: function.slotCount, parent: parent)
        self.frame = frame
        slots = frame.slots
        self.context = context
        for name in function.contextNames {
            frame.slots[name.slot] = context.resolve(name.name, hash: name.hash) ?? .undefined(name.undefined)
        }
        try prepare(frame)
        _ = try function.body.run(self)
    }

    /// Keeps a frame for the next function unless a macro or a loop still refers to it.
    private func recycle(_ frame: consuming Frame) {
        var frame = frame
        guard frames.count < 32, isKnownUniquelyReferenced(&frame) else { return }
        frame.clear()
        frames.append(frame)
    }

    /// Renders a template and then those it extends.
    func render(_ template: Template, in context: Context) throws {
        context.blocks = template.chains
        try run(template.root, parent: nil, context: context) { _ in }
        while let parent = context.parentTemplate {
            context.parentTemplate = nil
            try run(parent.root, parent: nil, context: context) { _ in }
        }
    }
}
