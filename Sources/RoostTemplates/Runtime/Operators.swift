internal import RoostMarkup

final class BinaryEvaluator: Evaluator {
    private let operation: BinaryOperator
    private let left: Evaluator
    private let right: Evaluator

    init(_ operation: BinaryOperator, _ left: Evaluator, _ right: Evaluator) {
        self.operation = operation
        self.left = left
        self.right = right
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let result = try left.evaluate(state).applying(operation, try right.evaluate(state), state.limits)
        try state.spend(on: result)
        return result
    }
}

final class NegativeEvaluator: Evaluator {
    private let operand: Evaluator
    private let isNegative: Bool

    var isOfConstant: Bool { operand.constant != nil }

    init(_ operand: Evaluator, isNegative: Bool) {
        self.operand = operand
        self.isNegative = isNegative
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let value = try operand.evaluate(state)
        if case .float(let number) = value { return .float(isNegative ? -number : number) }
        if case .undefined(let undefined) = value { throw TemplateError(undefined.message, kind: .undefined) }
        guard value.isInteger else {
            throw TemplateError("bad operand type for unary \(isNegative ? "-" : "+"): '\(value.typeName)'")
        }
        return try TemplateValue.int(0).applying(isNegative ? .subtract : .add, value)
    }
}

final class NotEvaluator: ConditionEvaluator {
    private let operand: Evaluator

    init(_ operand: Evaluator) { self.operand = operand }

    override func isTrue(_ state: RenderState) throws -> Bool { !(try operand.isTrue(state)) }
}

final class LogicEvaluator: Evaluator {
    private let left: Evaluator
    private let right: Evaluator
    private let isAnd: Bool

    init(_ left: Evaluator, _ right: Evaluator, isAnd: Bool) {
        self.left = left
        self.right = right
        self.isAnd = isAnd
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let value = try left.evaluate(state)
        if state.isStrict, case .undefined(let undefined) = value {
            throw TemplateError(undefined.message, kind: .undefined)
        }
        return value.isTrue == isAnd ? try right.evaluate(state) : value
    }

    override func isTrue(_ state: RenderState) throws -> Bool {
        try left.isTrue(state) == isAnd ? try right.isTrue(state) : !isAnd
    }
}

final class ConcatenationEvaluator: Evaluator {
    private let parts: [Evaluator]
    private let escape: Bool

    init(_ parts: [Evaluator], escape: Bool) {
        self.parts = parts
        self.escape = escape
    }

    /// Where text is escaped, a safe part makes the whole safe and the other parts escaped.
    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let values = try parts.map { try $0.evaluate(state) }
        let isSafe = escape && values.contains { $0.isSafe }
        let text = try state.capturing { for value in values { try state.append(value, escape: isSafe) } }
        return isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
    }
}

final class CompareEvaluator: ConditionEvaluator {
    private let first: Evaluator
    private let operands: [(operation: Comparison, operand: Evaluator)]

    init(_ first: Evaluator, _ operands: [(operation: Comparison, operand: Evaluator)]) {
        self.first = first
        self.operands = operands
    }

    override func isTrue(_ state: RenderState) throws -> Bool {
        var left = try first.evaluate(state)
        for (operation, operand) in operands {
            let right = try operand.evaluate(state)
            if state.isStrict { try refuseUndefined(left, right) }
            guard try left.satisfies(operation, right) else { return false }
            left = right
        }
        return true
    }

    private func refuseUndefined(_ values: TemplateValue...) throws {
        for case .undefined(let undefined) in values { throw TemplateError(undefined.message, kind: .undefined) }
    }
}

extension TemplateValue {
    private var isNaN: Bool {
        if case .float(let number) = self { return number.isNaN }
        return false
    }

    func satisfies(_ operation: Comparison, _ other: TemplateValue) throws -> Bool {
        if isNaN || other.isNaN, doubleValue != nil, other.doubleValue != nil { return operation == .notEqual }
        return switch operation {
        case .equal: try isEqual(to: other)
        case .notEqual: !(try isEqual(to: other))
        case .less: try compare(other, "<") < 0
        case .lessOrEqual: try compare(other, "<=") <= 0
        case .greater: try compare(other, ">") > 0
        case .greaterOrEqual: try compare(other, ">=") >= 0
        case .isIn: try other.contains(self)
        case .isNotIn: !(try other.contains(self))
        }
    }
}
