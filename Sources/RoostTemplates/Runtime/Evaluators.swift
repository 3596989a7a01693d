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
