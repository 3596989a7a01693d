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
    let limits: TemplateLimits
    private var depth = 0
    private var stepsLeft: Int
    /// Where the stack was when the rendering began.
    private var stackStart: UInt
    private var frames: [Frame] = []

    init(context: Context) {
        self.context = context
        environment = context.environment
        limits = environment.options.limits
        output = Output(limit: limits.outputBytes)
        isStrict = environment.options.undefined == .strict
        stepsLeft = limits.steps
        stackStart = RenderState.stackPosition()
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
        stepsLeft = limits.steps
        stackStart = RenderState.stackPosition()
        output.reset()
    }

    // MARK: Limits

    /// Counts rounds of loops, calls and the size of large values.
    ///
    /// - Throws: `TemplateError` when the rendering works longer than the limits allow.
    @inline(__always)
    func spend(_ steps: Int = 1) throws {
        stepsLeft -= steps
        if stepsLeft < 0 { throw TemplateError("the template takes more than \(limits.steps) steps") }
    }

    /// Counts a value by its size, so that a short loop over huge texts is not free.
    @inline(__always)
    func spend(on value: TemplateValue) throws {
        switch value {
        case .string(let text): if text.utf8.count > 1024 { try spend(text.utf8.count >> 8) }
        case .safe(let html): if html.text.utf8.count > 1024 { try spend(html.text.utf8.count >> 8) }
        case .list(let list), .tuple(let list): if list.items.count > 16 { try spend(list.items.count >> 2) }
        default: return
        }
    }

    /// The address of a variable of the caller: how far the stack has grown.
    @inline(never)
    private static func stackPosition() -> UInt {
        var here: UInt8 = 0
        return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
    }

    private func checkDepth() throws {
        let position = Self.stackPosition()
        let used = position < stackStart ? stackStart - position : position - stackStart
        guard depth < limits.depth, used < UInt(limits.stackBytes) else {
            throw TemplateError("maximum recursion depth exceeded")
        }
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
        default: try append(.string(try value.text(limits)), escape: escape)
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
        try checkDepth()
        try spend(10)
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
        if context.parentTemplate != nil { try renderParents(of: template, in: context) }
    }

    private func renderParents(of template: Template, in context: Context) throws {
        var children: [(name: String, line: Int)] = []
        var child = template
        do {
            while let parent = context.parentTemplate {
                children.append((child.name, context.parentLine))
                guard children.count < limits.depth else {
                    throw TemplateError(
                        "maximum recursion depth exceeded", template: child.name, line: context.parentLine)
                }
                context.parentTemplate = nil
                try run(parent.root, parent: nil, context: context) { _ in }
                child = parent
            }
        } catch var error as TemplateError {
            for child in children.reversed() {
                error = error.passing(.extended)
                error.locate(template: child.name, line: child.line)
            }
            throw error
        }
    }

    /// Marks errors that come out of another template, a block or a macro with the way they came.
    @inline(__always)
    func passing<Result>(_ relation: TemplatePlace.Relation, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as TemplateError { throw error.passing(relation) }
    }
}
