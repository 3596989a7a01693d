/// The arguments of a call with their expressions compiled.
struct CompiledArguments {
    let positional: [Evaluator]
    let keywords: [(name: String, value: Evaluator)]
    let unpackedPositional: Evaluator?
    let unpackedKeywords: Evaluator?
    let autoescape: Bool
    /// The values where all of a kind are constants: then a call allocates nothing for them.
    private let preparedPositional: [TemplateValue]?
    private let preparedKeywords: [(name: String, value: TemplateValue)]?

    init(
        positional: [Evaluator], keywords: [(name: String, value: Evaluator)], unpackedPositional: Evaluator?,
        unpackedKeywords: Evaluator?, autoescape: Bool
    ) {
        self.positional = positional
        self.keywords = keywords
        self.unpackedPositional = unpackedPositional
        self.unpackedKeywords = unpackedKeywords
        self.autoescape = autoescape
        let values = positional.compactMap(\.constant)
        let named = keywords.compactMap { keyword in keyword.value.constant.map { (name: keyword.name, value: $0) } }
        preparedPositional = values.count == positional.count && unpackedPositional == nil ? values : nil
        preparedKeywords = named.count == keywords.count && unpackedKeywords == nil ? named : nil
    }

    var isConstant: Bool {
        preparedPositional != nil && preparedKeywords != nil
    }

    @inline(__always)
    func call(_ state: RenderState) throws -> TemplateCall {
        if let preparedPositional, let preparedKeywords {
            return TemplateCall(
                state: state, positional: preparedPositional, keywords: preparedKeywords, autoescape: autoescape)
        }
        return try evaluated(state)
    }

    private func evaluated(_ state: RenderState) throws -> TemplateCall {
        var call = TemplateCall(state: state, autoescape: autoescape)
        call.positional = try preparedPositional ?? positional.map { try $0.evaluate(state) }
        call.keywords = try preparedKeywords ?? keywords.map { ($0.name, try $0.value.evaluate(state)) }
        if let unpackedPositional { call.positional += try unpackedPositional.evaluate(state).elements() }
        if let unpackedKeywords { try unpack(try unpackedKeywords.evaluate(state), into: &call) }
        return call
    }
}

extension CompiledArguments {
    private func unpack(_ mapping: TemplateValue, into call: inout TemplateCall) throws {
        guard case .dict(let dictionary) = mapping else {
            throw TemplateError("argument after ** must be a mapping, not \(mapping.typeName)")
        }
        for entry in dictionary.entries {
            guard let name = entry.key.stringValue else { throw TemplateError("keywords must be strings") }
            guard call[name] == nil else { throw TemplateError("got multiple values for keyword argument '\(name)'") }
            call.keywords.append((name, entry.value))
        }
    }
}

final class CallEvaluator: Evaluator {
    private let callee: Evaluator
    private let arguments: CompiledArguments

    init(_ callee: Evaluator, _ arguments: CompiledArguments) {
        self.callee = callee
        self.arguments = arguments
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        if let attribute = callee as? AttributeEvaluator { return try callMethod(attribute, state) }
        return try callee.evaluate(state).call(try arguments.call(state))
    }

    /// Methods of strings, lists and dictionaries are called without making a bound method first.
    private func callMethod(_ attribute: AttributeEvaluator, _ state: RenderState) throws -> TemplateValue {
        let object = try attribute.object.evaluate(state)
        if Methods.has(attribute.name, object) {
            try state.spend(on: object)
            return try Methods.call(attribute.name, object, try arguments.call(state))
        }
        return try object.attribute(attribute.name, state).call(try arguments.call(state))
    }

    override func append(_ state: RenderState, escape: Bool) throws {
        if let attribute = callee as? AttributeEvaluator, Methods.all.contains(attribute.name) {
            return try state.append(try callMethod(attribute, state), escape: escape)
        }
        let function = try callee.evaluate(state)
        let call = try arguments.call(state)
        guard case .native(let native) = function else {
            return try state.append(try function.call(call), escape: escape)
        }
        try native.callAppending(call)
    }
}
