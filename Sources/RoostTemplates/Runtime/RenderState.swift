internal import RoostMarkup

/// One rendering: the output and where it stands.
final class RenderState {
    var output: [UInt8]
    var frame: Frame
    var context: Context
    let environment: TemplateEnvironment
    let isStrict: Bool
    private var depth = 0

    init(output: [UInt8], context: Context) {
        self.output = output
        self.context = context
        environment = context.environment
        isStrict = environment.options.undefined == .strict
        frame = Frame(count: 0, parent: nil)
    }

    /// An undefined value as this environment makes them.
    func undefined(_ subject: Undefined.Subject) -> TemplateValue {
        .undefined(Undefined(subject, environment.options.undefined))
    }

    func undefined(_ message: String) -> TemplateValue { undefined(.message(message)) }

    // MARK: Output

    @inline(__always)
    func append(raw text: String) {
        text.withBytes { output.append(contentsOf: $0) }
    }

    func append(_ value: TemplateValue, escape: Bool) throws {
        switch value {
        case .string(let text): if escape { HTMLEscape.append(text, to: &output) } else { append(raw: text) }
        case .safe(let html): append(raw: html.text)
        case .int(let number): append(number)
        case .none: append(raw: "None")
        case .bool(let flag): append(raw: flag ? "True" : "False")
        case .undefined(let undefined):
            if undefined.behaviour == .lenient { return }
            try append(.string(try undefined.text()), escape: escape)
        case .object(let object):
            if let html = object.templateHTML {
                append(raw: html.text)
            } else {
                try append(.string(object.templateText), escape: escape)
            }
        default: try append(.string(try value.text()), escape: escape)
        }
    }

    private func append(_ number: Int) {
        guard number >= 0 else {
            output.append(0x2D)
            append(magnitude: number.magnitude)
            return
        }
        append(magnitude: UInt(number))
    }

    private func append(magnitude: UInt) {
        if magnitude >= 10 { append(magnitude: magnitude / 10) }
        output.append(0x30 + UInt8(truncatingIfNeeded: magnitude % 10))
    }

    /// What `body` appends, taken off the output again.
    func capturing(_ body: () throws -> Void) throws -> String {
        let start = output.count
        try body()
        let text = output.withUnsafeBufferPointer { bytes in
            String(decoding: UnsafeBufferPointer(rebasing: bytes[start...]), as: UTF8.self)
        }
        output.removeLast(output.count - start)
        return text
    }

    // MARK: Functions

    /// Runs a function in a new frame.
    ///
    /// - Throws: `TemplateError` when calls nest deeper than the options allow.
    @inline(__always)
    func run(_ function: FunctionCode, parent: Frame?, context: Context, prepare: (Frame) throws -> Void) throws {
        guard depth < environment.options.maximumDepth else {
            throw TemplateError("maximum recursion depth exceeded")
        }
        let (savedFrame, savedContext) = (frame, self.context)
        depth += 1
        defer {
            frame = savedFrame
            self.context = savedContext
            depth -= 1
        }
        let frame = Frame(count: function.slotCount, parent: parent)
        self.frame = frame
        self.context = context
        for name in function.contextNames {
            frame.slots[name.slot] = context.resolve(name.name) ?? .undefined(name.undefined)
        }
        for name in function.undefinedNames { frame.slots[name.slot] = .undefined(name.undefined) }
        try prepare(frame)
        _ = try function.body.run(self)
    }

    /// Renders a template and then those it extends.
    func render(_ template: Template, in context: Context) throws {
        for (name, block) in template.blocks { context.blocks[name, default: []].append(block) }
        try run(template.root, parent: nil, context: context) { _ in }
        while let parent = context.parentTemplate {
            context.parentTemplate = nil
            try run(parent.root, parent: nil, context: context) { _ in }
        }
    }
}
