/// A value that the engine itself makes: macros, `loop`, ranges, methods, lazy sequences.
public class NativeValue {
    init() {}

    var typeName: String { "object" }

    func text() throws -> String { "<\(typeName)>" }

    /// Python's `repr`, the same as the text but for a few types.
    func repr() throws -> String { try text() }

    var isTrue: Bool { true }

    /// The number of elements, or nil when `length` does not apply.
    var length: Int? { nil }

    func member(_ name: String) throws -> TemplateValue? { nil }

    func element(_ key: TemplateValue) throws -> TemplateValue? { nil }

    /// The elements, or nil when not iterable.
    func items() throws -> [TemplateValue]? { nil }

    func assign(_ name: String, _ value: TemplateValue) throws {
        throw TemplateError("cannot assign attribute on non-namespace object")
    }

    var isCallable: Bool { false }

    func call(_ call: TemplateCall) throws -> TemplateValue {
        throw TemplateError("'\(typeName)' object is not callable")
    }

    /// Calls and appends the result; overridden where the result can go straight to the output.
    func callAppending(_ call: TemplateCall) throws {
        let result = try self.call(call)
        try call.state.append(result, escape: call.autoescape)
    }

    func isEqual(to other: NativeValue) -> Bool { self === other }
}

/// A lazy sequence as Python's generators are: true, without a length, and used up by the first loop.
final class GeneratorValue: NativeValue {
    private var remaining: [TemplateValue]

    init(_ items: [TemplateValue]) { remaining = items }

    override var typeName: String { "generator" }
    override func text() -> String { "<generator object>" }

    override func items() -> [TemplateValue]? {
        defer { remaining = [] }
        return remaining
    }

    func next() -> TemplateValue? {
        remaining.isEmpty ? nil : remaining.removeFirst()
    }
}

/// A method taken from a value: `text.upper`.
final class MethodValue: NativeValue {
    let name: String
    private let body: (TemplateCall) throws -> TemplateValue

    init(_ name: String, _ body: @escaping (TemplateCall) throws -> TemplateValue) {
        self.name = name
        self.body = body
    }

    override var typeName: String { "builtin_function_or_method" }
    override func text() -> String { "<built-in method \(name)>" }
    override var isCallable: Bool { true }
    override func call(_ call: TemplateCall) throws -> TemplateValue { try body(call) }
}

/// The view of a dictionary that `keys()`, `values()` and `items()` give.
final class DictionaryView: NativeValue {
    let kind: String
    private let elements: [TemplateValue]

    init(_ kind: String, _ elements: [TemplateValue]) {
        self.kind = kind
        self.elements = elements
    }

    override var typeName: String { kind }
    override func text() throws -> String { "\(kind)(\(try TemplateValue.array(elements).repr()))" }
    override var isTrue: Bool { !elements.isEmpty }
    override var length: Int? { elements.count }
    override func items() -> [TemplateValue]? { elements }
}

/// Python's `range`.
final class RangeValue: NativeValue {
    let start: Int
    let stop: Int
    let step: Int

    init(start: Int, stop: Int, step: Int) {
        self.start = start
        self.stop = stop
        self.step = step
    }

    override var typeName: String { "range" }

    /// Whether a number is one of the range; nil for what is no integer.
    func contains(_ value: TemplateValue) -> Bool? {
        guard let number = value.intValue else { return nil }
        let isBetween = step > 0 ? number >= start && number < stop : number <= start && number > stop
        guard isBetween else { return false }
        return number.subtractingReportingOverflow(start).overflow
            ? nil : (number - start).quotientAndRemainder(dividingBy: step).remainder == 0
    }
    override func text() -> String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }
    override var isTrue: Bool { count > 0 }
    override var length: Int? { count }

    /// Ends where `Int` does.
    private(set) lazy var count: Int = {
        guard step > 0 ? stop > start : stop < start else { return 0 }
        let distance = UInt(bitPattern: step > 0 ? stop &- start : start &- stop)
        return Int(clamping: (distance - 1) / step.magnitude + 1)
    }()

    override func items() throws -> [TemplateValue]? {
        try TemplateLimits.standard.checkElements(count)
        return (0..<count).map { .int(start + $0 * step) }
    }

    override func element(_ key: TemplateValue) -> TemplateValue? {
        guard let index = key.positionValue else { return nil }
        let position = index < 0 ? index + count : index
        return position >= 0 && position < count ? .int(start + position * step) : nil
    }

    /// A slice of a range is a range.
    func sliced(_ first: Int?, _ last: Int?, _ every: Int) -> TemplateValue {
        let bounds = sliceBounds(of: min(count, 1 << 40), first, last, every)
        func value(_ position: Int) -> Int {
            let (product, overflows) = position.multipliedReportingOverflow(by: step)
            return overflows ? (position < 0) == (step < 0) ? .max : .min : start &+ product
        }
        let (longer, overflows) = step.multipliedReportingOverflow(by: every)
        return .native(
            RangeValue(start: value(bounds.first), stop: value(bounds.last), step: overflows ? .max : longer))
    }

    override func isEqual(to other: NativeValue) -> Bool {
        guard let other = other as? RangeValue, other.count == count else { return false }
        return count == 0 || (start == other.start && (count == 1 || step == other.step))
    }
}
