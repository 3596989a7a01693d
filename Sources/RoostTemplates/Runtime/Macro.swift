internal import RoostMarkup

/// The compiled form of a macro or of a call block's body.
final class MacroCode {
    struct Parameter {
        let name: String
        let slot: Int
        let fallback: Evaluator?
        let undefined: Undefined
    }

    let name: String
    let parameters: [Parameter]
    let function: FunctionCode
    var callerSlot: Int?
    var varargsSlot: Int?
    var kwargsSlot: Int?

    private let template: String
    private let line: Int

    init(name: String, parameters: [Parameter], function: FunctionCode, template: String, line: Int) {
        self.name = name
        self.template = template
        self.line = line
        self.parameters = parameters
        self.function = function
    }

    /// Puts the arguments of a call into the slots of `frame`, which is the running one.
    func bind(_ call: TemplateCall, _ frame: Frame, _ state: RenderState) throws {
        var rest = call.keywords
        for (index, parameter) in parameters.enumerated() {
            if let value = call[index] {
                frame.slots[parameter.slot] = value
                if rest.contains(where: { $0.name == parameter.name }) {
                    throw TemplateError("macro '\(name)' got multiple values for argument '\(parameter.name)'")
                }
            } else if let position = rest.firstIndex(where: { $0.name == parameter.name }) {
                frame.slots[parameter.slot] = rest.remove(at: position).value
            } else if let fallback = parameter.fallback {
                frame.slots[parameter.slot] = try value(of: fallback, state)
            } else {
                frame.slots[parameter.slot] = .undefined(parameter.undefined)
            }
        }
        try bindCaller(&rest, frame, state)
        try bindRest(call, rest, frame)
    }

    /// A default is computed where the macro stands.
    private func value(of fallback: Evaluator, _ state: RenderState) throws -> TemplateValue {
        do { return try fallback.evaluate(state) } catch var error as TemplateError {
            error.locate(template: template, line: line)
            throw error
        }
    }

    private func bindCaller(_ rest: inout [(name: String, value: TemplateValue)], _ frame: Frame, _ state: RenderState)
        throws
    {
        guard let slot = callerSlot, !parameters.contains(where: { $0.name == "caller" }) else { return }
        if let position = rest.firstIndex(where: { $0.name == "caller" }) {
            frame.slots[slot] = rest.remove(at: position).value
        } else {
            frame.slots[slot] = state.undefined("No caller defined")
        }
    }

    private func bindRest(
        _ call: TemplateCall, _ rest: [(name: String, value: TemplateValue)], _ frame: Frame
    ) throws {
        if let slot = varargsSlot {
            frame.slots[slot] = .tuple(TemplateList(Array(call.positional.dropFirst(parameters.count))))
        } else if call.positional.count > parameters.count {
            throw TemplateError("macro '\(name)' takes not more than \(parameters.count) argument(s)")
        }
        if let slot = kwargsSlot {
            let dictionary = TemplateDictionary()
            for (name, value) in rest { dictionary[name] = value }
            frame.slots[slot] = .dict(dictionary)
        } else if let unexpected = rest.first {
            throw unexpected.name == "caller"
                ? TemplateError("macro '\(name)' was invoked with two values for the special caller argument.")
                : TemplateError("macro '\(name)' takes no keyword argument '\(unexpected.name)'")
        }
    }
}

/// A macro with the frame it was defined in.
final class MacroValue: NativeValue {
    let code: MacroCode
    private let frame: Frame
    private let context: Context

    init(_ code: MacroCode, frame: Frame, context: Context) {
        self.code = code
        self.frame = frame
        self.context = context
    }

    override var typeName: String { "Macro" }
    override func text() -> String { "<Macro \(pythonQuoted(code.name))>" }
    override var isCallable: Bool { true }

    override func member(_ name: String) -> TemplateValue? {
        switch name {
        case "name": .string(code.name)
        case "arguments": .tuple(TemplateList(code.parameters.map { .string($0.name) }))
        case "catch_kwargs": .bool(code.kwargsSlot != nil)
        case "catch_varargs": .bool(code.varargsSlot != nil)
        case "caller": .bool(code.callerSlot != nil)
        default: nil
        }
    }

    override func call(_ call: TemplateCall) throws -> TemplateValue {
        let text = try call.state.capturing { try callAppending(call) }
        return call.autoescape ? .safe(SafeHTML(trusted: text)) : .string(text)
    }

    /// Where text is escaped a macro's result is safe, elsewhere nothing is: either way it goes out as it is.
    override func callAppending(_ call: TemplateCall) throws {
        try call.state.passing(.called) {
            try call.state.run(code.function, parent: frame, context: context) { frame in
                try code.bind(call, frame, call.state)
            }
        }
    }
}

final class MacroEvaluator: Evaluator {
    private let code: MacroCode

    init(_ code: MacroCode) { self.code = code }

    override func evaluate(_ state: RenderState) -> TemplateValue {
        .native(MacroValue(code, frame: state.frame, context: state.context))
    }
}
