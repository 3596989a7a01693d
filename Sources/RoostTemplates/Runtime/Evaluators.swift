internal import RoostMarkup

/// One compiled expression.
class Evaluator {
    init() {}

    func evaluate(_ state: RenderState) throws -> TemplateValue { TemplateValue.none }

    /// The value when it is known at compile time.
    var constant: TemplateValue? { nil }

    /// The value when it is made of constants only, lists and dictionaries included, which are new each time.
    var foldable: TemplateValue? { constant }

    func isTrue(_ state: RenderState) throws -> Bool {
        let value = try evaluate(state)
        if state.isStrict, case .undefined(let undefined) = value {
            throw TemplateError(undefined.message, kind: .undefined)
        }
        return value.isTrue
    }

    /// Appends the value to the output.
    func append(_ state: RenderState, escape: Bool) throws {
        try state.append(try evaluate(state), escape: escape)
    }
}

/// An expression whose natural result is a truth value.
class ConditionEvaluator: Evaluator {
    final override func evaluate(_ state: RenderState) throws -> TemplateValue { .bool(try isTrue(state)) }
}

final class ConstantEvaluator: Evaluator {
    private let value: TemplateValue

    init(_ value: TemplateValue) { self.value = value }

    override var constant: TemplateValue? { value }
    override func evaluate(_ state: RenderState) -> TemplateValue { value }
}

/// Raises an error that was found at compile time in a branch that may never run.
final class RaiseEvaluator: Evaluator {
    private let error: TemplateError

    init(_ error: TemplateError) { self.error = error }

    override func evaluate(_ state: RenderState) throws -> TemplateValue { throw error }
}

final class LocalEvaluator: Evaluator {
    private let slot: Int

    init(_ slot: Int) { self.slot = slot }

    override func evaluate(_ state: RenderState) -> TemplateValue { state.slots[slot] }
}

final class OuterEvaluator: Evaluator {
    private let hops: Int
    private let slot: Int

    init(hops: Int, slot: Int) {
        self.hops = hops
        self.slot = slot
    }

    override func evaluate(_ state: RenderState) -> TemplateValue { state.frame.ancestor(hops).slots[slot] }
}

final class AttributeEvaluator: Evaluator {
    let object: Evaluator
    let name: String
    private let hash: UInt64
    /// Where the name stood in the dictionary asked last.
    private var hint = 0
    private let isMethodOfDictionaries: Bool
    private let missing: Undefined
    private let loopMember: LoopValue.Member?

    init(_ object: Evaluator, _ name: String, _ behaviour: TemplateOptions.UndefinedBehaviour) {
        self.object = object
        self.name = name
        hash = hashBytes(of: name)
        isMethodOfDictionaries = Methods.ofDictionaries.contains(name)
        loopMember = LoopValue.Member(rawValue: name)
        missing = Undefined(.member(name, owner: "dict object"), behaviour)
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let value = try object.evaluate(state)
        switch value {
        case .dict(let dictionary) where !isMethodOfDictionaries:
            var position = hint
            defer { hint = position }
            return dictionary.value(named: name, hash: hash, hint: &position) ?? .undefined(missing)
        case .native(let native) where loopMember != nil && native is LoopValue:
            if let loopMember { return unsafeDowncast(native, to: LoopValue.self).member(loopMember) }
        default: break
        }
        return try value.attribute(name, state)
    }
}

final class ItemEvaluator: Evaluator {
    private let object: Evaluator
    private let key: Evaluator

    init(_ object: Evaluator, _ key: Evaluator) {
        self.object = object
        self.key = key
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        try object.evaluate(state).item(try key.evaluate(state), state)
    }
}

final class SliceEvaluator: Evaluator {
    private let object: Evaluator
    private let bounds: [Evaluator?]

    init(_ object: Evaluator, _ bounds: [Evaluator?]) {
        self.object = object
        self.bounds = bounds
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let value = try object.evaluate(state)
        var numbers: [Int?] = []
        for bound in bounds {
            let number = try bound?.evaluate(state) ?? TemplateValue.none
            if let index = number.positionValue ?? number.bigPosition {
                numbers.append(index)
            } else if number.isNone {
                numbers.append(nil)
            } else if case .undefined(let undefined) = value {
                throw undefined.error
            } else {
                throw TemplateError("slice indices must be integers or None or have an __index__ method")
            }
        }
        return try value.slice(numbers[0], numbers[1], numbers[2] ?? 1, state)
    }
}

final class ListEvaluator: Evaluator {
    private let items: [Evaluator]
    private let isTuple: Bool

    init(_ items: [Evaluator], isTuple: Bool) {
        self.items = items
        self.isTuple = isTuple
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let list = TemplateList(try items.map { try $0.evaluate(state) })
        return isTuple ? .tuple(list) : .list(list)
    }

    override var foldable: TemplateValue? {
        let values = items.compactMap(\.foldable)
        guard values.count == items.count else { return nil }
        return isTuple ? .tuple(TemplateList(values)) : .list(TemplateList(values))
    }
}

final class DictEvaluator: Evaluator {
    private let items: [(key: Evaluator, value: Evaluator)]

    init(_ items: [(key: Evaluator, value: Evaluator)]) { self.items = items }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let dictionary = TemplateDictionary()
        for (key, value) in items { try dictionary.set(try value.evaluate(state), for: try key.evaluate(state)) }
        return .dict(dictionary)
    }

    override var foldable: TemplateValue? {
        let dictionary = TemplateDictionary()
        for (key, value) in items {
            guard let key = key.foldable, let value = value.foldable, (try? dictionary.set(value, for: key)) != nil
            else { return nil }
        }
        return .dict(dictionary)
    }
}

final class ConditionalEvaluator: Evaluator {
    private let test: Evaluator
    private let then: Evaluator
    private let otherwise: Evaluator

    init(_ test: Evaluator, then: Evaluator, otherwise: Evaluator) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        try test.isTrue(state) ? try then.evaluate(state) : try otherwise.evaluate(state)
    }

    override func append(_ state: RenderState, escape: Bool) throws {
        try test.isTrue(state) ? then.append(state, escape: escape) : otherwise.append(state, escape: escape)
    }
}

final class FilterEvaluator: Evaluator {
    private let value: Evaluator
    private let filter: TemplateFilter
    private let arguments: CompiledArguments

    init(_ value: Evaluator, _ filter: @escaping TemplateFilter, _ arguments: CompiledArguments) {
        self.value = value
        self.filter = filter
        self.arguments = arguments
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let value = try value.evaluate(state)
        try state.spend(on: value)
        return try filter(value, try arguments.call(state))
    }

    var hasConstantInput: Bool { value.constant.map { !$0.isUndefined } ?? false && arguments.isConstant }
}

final class TestEvaluator: ConditionEvaluator {
    private let value: Evaluator
    private let test: TemplateTest
    private let arguments: CompiledArguments

    init(_ value: Evaluator, _ test: @escaping TemplateTest, _ arguments: CompiledArguments) {
        self.value = value
        self.test = test
        self.arguments = arguments
    }

    override func isTrue(_ state: RenderState) throws -> Bool {
        try test(try value.evaluate(state), try arguments.call(state))
    }
}

/// The arguments of a call with their expressions compiled.
struct CompiledArguments {
    let positional: [Evaluator]
    let keywords: [(name: String, value: Evaluator)]
    let unpackedPositional: Evaluator?
    let unpackedKeywords: Evaluator?
    let autoescape: Bool
    /// The values where all are constants: then a call allocates nothing.
    private let prepared: (positional: [TemplateValue], keywords: [(name: String, value: TemplateValue)])?

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
        let isConstant = values.count == positional.count && named.count == keywords.count
        prepared = isConstant && unpackedPositional == nil && unpackedKeywords == nil ? (values, named) : nil
    }

    var isConstant: Bool {
        prepared != nil
    }

    @inline(__always)
    func call(_ state: RenderState) throws -> TemplateCall {
        if let prepared {
            return TemplateCall(
                state: state, positional: prepared.positional, keywords: prepared.keywords, autoescape: autoescape)
        }
        return try evaluated(state)
    }

    private func evaluated(_ state: RenderState) throws -> TemplateCall {
        var call = TemplateCall(state: state, autoescape: autoescape)
        if !positional.isEmpty { call.positional = try positional.map { try $0.evaluate(state) } }
        if !keywords.isEmpty { call.keywords = try keywords.map { ($0.name, try $0.value.evaluate(state)) } }
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
