/// The value of any field, as validators and templates see it; typed fields also have a `value` of their own type.
public enum FieldValue: Sendable {
    /// No value: Python's `None`.
    case none
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case decimal(DecimalNumber)
    case text(String)
    case date(CalendarDate)
    case time(ClockTime)
    case dateTime(CalendarDateTime)
    case list([FieldValue])
    /// The values of an enclosed form, in the order of its fields.
    case fields([(name: String, value: FieldValue)])

    /// Whether there is no value.
    public var isNone: Bool { if case .none = self { true } else { false } }

    /// Whether Python would take the value for true: not empty, not zero.
    public var isTrue: Bool {
        switch self {
        case .none: false
        case .bool(let flag): flag
        case .integer(let number): number != 0
        case .float(let number): number != 0
        case .decimal(let number): !number.isZero
        case .text(let text): !text.isEmpty
        case .date, .time, .dateTime: true
        case .list(let items): !items.isEmpty
        case .fields(let members): !members.isEmpty
        }
    }

    /// The number of code points of a text or elements of a list; nil when the value has no length.
    public var length: Int? {
        switch self {
        case .none: 0
        case .text(let text): text.unicodeScalars.count
        case .list(let items): items.count
        default: isTrue ? nil : 0
        }
    }

    /// The moment that a date, a time or both mean; a time alone is of 1 January 1900.
    var moment: CalendarDateTime? {
        switch self {
        case .date(let date): CalendarDateTime(date)
        case .time(let time): CalendarDate(year: 1900, month: 1, day: 1).map { CalendarDateTime($0, time) }
        case .dateTime(let moment): moment
        default: nil
        }
    }

    /// The text, when the value is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
}

extension FieldValue: Equatable {
    /// Equal as in Python: numbers of different types compare by their value.
    public static func == (left: FieldValue, right: FieldValue) -> Bool {
        switch (left, right) {
        case (.none, .none): true
        case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
        case (.date(let one), .date(let other)): one == other
        case (.time(let one), .time(let other)): one == other
        case (.dateTime(let one), .dateTime(let other)): one == other
        case (.list(let one), .list(let other)): one == other
        case (.fields(let one), .fields(let other)):
            one.count == other.count && zip(one, other).allSatisfy { $0.name == $1.name && $0.value == $1.value }
        default: left.compare(right) == .equal
        }
    }

    /// How two values are ordered; `incomparable` for NaN and for values of different kinds.
    public enum Order: Sendable { case less, equal, greater, incomparable }

    /// Compares numbers with numbers and times with times.
    public func compare(_ other: FieldValue) -> Order {
        switch (self, other) {
        case (.date(let one), .date(let other)): Order(one, other)
        case (.time(let one), .time(let other)): Order(one, other)
        case (.dateTime(let one), .dateTime(let other)): Order(one, other)
        case (.date(let one), .dateTime(let other)): Order(CalendarDateTime(one), other)
        case (.dateTime(let one), .date(let other)): Order(one, CalendarDateTime(other))
        default: compareNumbers(other)
        }
    }

    private func compareNumbers(_ other: FieldValue) -> Order {
        if let one = wholeNumber, let two = other.wholeNumber { return Order(one, two) }
        if case .float(let number) = self, number.isNaN { return .incomparable }
        if case .float(let number) = other, number.isNaN { return .incomparable }
        guard let one = decimal, let two = other.decimal else { return .incomparable }
        return one.compare(two)
    }

    private var wholeNumber: Int? {
        switch self {
        case .bool(let flag): flag ? 1 : 0
        case .integer(let number): number
        default: nil
        }
    }

    private var decimal: DecimalNumber? {
        switch self {
        case .decimal(let number): number
        case .float(let number): DecimalNumber(number.description)
        default: wholeNumber.map { DecimalNumber($0) }
        }
    }
}

extension FieldValue.Order {
    init<Value: Comparable>(_ one: Value, _ other: Value) {
        self = one < other ? .less : one > other ? .greater : .equal
    }
}

extension FieldValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .none }
    public init(arrayLiteral elements: FieldValue...) { self = .list(elements) }
}
