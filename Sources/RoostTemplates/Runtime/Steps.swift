internal import RoostMarkup

/// How a statement ended.
enum Flow {
    case normal
    case breakLoop
    case continueLoop
}

/// One compiled statement.
class Step {
    let line: Int
    /// The column of the tag's name or of the expression, 0 where there is none.
    final var column = 0

    init(line: Int) { self.line = line }

    func run(_ state: RenderState) throws -> Flow { .normal }
}

/// Statements in order. It gives errors that have no place yet theirs.
final class Body {
    private let owned: [Step]
    /// The same steps, without counting a reference for every one that runs.
    private let steps: UnsafeMutableBufferPointer<Unmanaged<Step>>
    let template: String

    init(_ steps: [Step], template: String) {
        owned = steps
        self.steps = .allocate(capacity: steps.count)
        _ = self.steps.initialize(from: steps.map { Unmanaged.passUnretained($0) })
        self.template = template
    }

    deinit { steps.deallocate() }

    @inline(__always)
    func run(_ state: RenderState) throws -> Flow {
        var position = 0
        while position < steps.count {
            do {
                let flow = try steps[position]._withUnsafeGuaranteedRef { try $0.run(state) }
                if flow != .normal { return flow }
            } catch {
                throw located(error, owned[position])
            }
            position += 1
        }
        return .normal
    }

    private func located(_ error: any Error, _ step: Step) -> any Error {
        guard var error = error as? TemplateError else {
            return TemplateError("\(error)", template: template, line: step.line)
        }
        if error.line == 0 { error.column = step.column }
        error.locate(template: template, line: step.line)
        return error
    }
}

/// The compiled code of a template's root, a block, a macro or a recursive loop.
final class FunctionCode {
    var slotCount = 0
    /// Names that come from the context, looked up on entry.
    var contextNames: [(name: String, hash: UInt64, slot: Int, undefined: Undefined)] = []
    var body = Body([], template: "")
}

final class TextStep: Step {
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ text: String, line: Int) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = copy.initialize(from: text.utf8)
        bytes = UnsafeBufferPointer(copy)
        super.init(line: line)
    }

    deinit { bytes.deallocate() }

    override func run(_ state: RenderState) -> Flow {
        state.output.append(bytes)
        return .normal
    }
}

final class OutputStep: Step {
    private let expression: Evaluator
    private let escape: Bool

    init(_ expression: Evaluator, escape: Bool, line: Int) {
        self.expression = expression
        self.escape = escape
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        try expression.append(state, escape: escape)
        return .normal
    }
}

/// Output at the top level of a template that may extend another one.
final class UnlessExtendedStep: Step {
    private let inner: Step

    init(_ inner: Step) {
        self.inner = inner
        super.init(line: inner.line)
        column = inner.column
    }

    override func run(_ state: RenderState) throws -> Flow {
        state.context.parentTemplate == nil ? try inner.run(state) : .normal
    }
}

final class IfStep: Step {
    struct Branch {
        let test: Evaluator
        let body: Body
        /// Of the condition, which may stand lines below the `if`.
        let line: Int
    }

    /// The first branch by itself: most conditions have no other, and a field costs no count of references.
    private let test: Evaluator
    private let body: Body
    private let testLine: Int
    private let others: [Branch]
    private let elseBody: Body

    /// There is at least one branch.
    init(_ branches: [Branch], _ elseBody: Body, line: Int) {
        test = branches[0].test
        body = branches[0].body
        testLine = branches[0].line
        others = Array(branches.dropFirst())
        self.elseBody = elseBody
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        do {
            if try test.isTrue(state) { return try body.run(state) }
        } catch let error as TemplateError {
            throw error.located(at: testLine)
        }
        if !others.isEmpty {
            for branch in others where try isTrue(branch, state) { return try branch.body.run(state) }
        }
        return try elseBody.run(state)
    }

    private func isTrue(_ branch: Branch, _ state: RenderState) throws -> Bool {
        do { return try branch.test.isTrue(state) } catch let error as TemplateError {
            throw error.located(at: branch.line)
        }
    }
}

extension TemplateError {
    /// The error with this line, if it has none.
    fileprivate func located(at line: Int) -> TemplateError {
        guard self.line == 0 else { return self }
        var error = self
        error.line = line
        return error
    }
}

/// Statements in a scope of their own: `with`, `autoescape`.
final class ScopeStep: Step {
    private let body: Body

    init(_ body: Body, line: Int) {
        self.body = body
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow { try body.run(state) }
}

final class SetStep: Step {
    private let target: Target
    private let value: Evaluator

    init(_ target: Target, _ value: Evaluator, line: Int) {
        self.target = target
        self.value = value
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        try target.assign(try value.evaluate(state), state)
        return .normal
    }
}

/// Gives a variable of a scope its value at the start of the scope.
final class ResetStep: Step {
    private let slot: Int
    private let value: Evaluator

    init(slot: Int, _ value: Evaluator) {
        self.slot = slot
        self.value = value
        super.init(line: 0)
    }

    override func run(_ state: RenderState) throws -> Flow {
        state.slots[slot] = try value.evaluate(state)
        return .normal
    }
}

final class PerformStep: Step {
    private let expression: Evaluator

    init(_ expression: Evaluator, line: Int) {
        self.expression = expression
        super.init(line: line)
    }

    override func run(_ state: RenderState) throws -> Flow {
        _ = try expression.evaluate(state)
        return .normal
    }
}

final class FlowStep: Step {
    private let flow: Flow

    init(_ flow: Flow, line: Int) {
        self.flow = flow
        super.init(line: line)
    }

    override func run(_ state: RenderState) -> Flow { flow }
}

/// A value as safe text.
final class SafeEvaluator: Evaluator {
    private let inner: Evaluator

    init(_ inner: Evaluator) { self.inner = inner }

    override func evaluate(_ state: RenderState) throws -> TemplateValue { try inner.evaluate(state).asSafe() }
}

/// The text of a body as a value: block set, filter block.
final class CaptureEvaluator: Evaluator {
    private let body: Body
    private let isSafe: Bool

    init(_ body: Body, isSafe: Bool) {
        self.body = body
        self.isSafe = isSafe
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let text = try state.capturing { _ = try body.run(state) }
        return isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
    }
}
