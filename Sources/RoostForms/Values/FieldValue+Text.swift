extension FieldValue {
    /// The value as Python's `str` writes it: what attributes and messages show.
    public var description: String {
        switch self {
        case .none: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .integer(let number): number.description
        case .float(let number): Self.text(of: number)
        case .decimal(let number): number.description
        case .text(let text): text
        case .date(let date): date.description
        case .time(let time): time.description
        case .dateTime(let moment): moment.description
        case .list(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
        case .fields(let members):
            "{" + members.map { "\($0.name): \($0.value.description)" }.joined(separator: ", ") + "}"
        }
    }

    /// A double as Python writes it: the shortest digits that read back, plain up to 10¹⁶.
    static func text(of number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        let magnitude = number.magnitude
        if magnitude >= 0x1p53, magnitude < 1e16 { return "\(Int(number)).0" }
        return number.description
    }
}

extension FieldValue: CustomStringConvertible {}

/// A type whose values can fill a field.
public protocol FieldConvertible {
    /// The value as fields take it.
    var fieldValue: FieldValue { get }
}

extension FieldValue: FieldConvertible { public var fieldValue: FieldValue { self } }
extension String: FieldConvertible { public var fieldValue: FieldValue { .text(self) } }
extension Bool: FieldConvertible { public var fieldValue: FieldValue { .bool(self) } }
extension Int: FieldConvertible { public var fieldValue: FieldValue { .integer(self) } }
extension Double: FieldConvertible { public var fieldValue: FieldValue { .float(self) } }
extension DecimalNumber: FieldConvertible { public var fieldValue: FieldValue { .decimal(self) } }
extension CalendarDate: FieldConvertible { public var fieldValue: FieldValue { .date(self) } }
extension ClockTime: FieldConvertible { public var fieldValue: FieldValue { .time(self) } }
extension CalendarDateTime: FieldConvertible { public var fieldValue: FieldValue { .dateTime(self) } }

extension Optional: FieldConvertible where Wrapped: FieldConvertible {
    public var fieldValue: FieldValue { self?.fieldValue ?? .none }
}

extension Array: FieldConvertible where Element: FieldConvertible {
    public var fieldValue: FieldValue { .list(map(\.fieldValue)) }
}
