public import RoostMarkup

/// A value as templates see it. It follows Python's data model, because templates are written for it.
///
/// The enum is two words big: everything larger lives behind a reference.
public enum TemplateValue {
    /// A missing name or attribute; the payload knows what was looked for.
    case undefined(Undefined)
    /// Python's `None`.
    case none
    case bool(Bool)
    case int(Int)
    /// An integer that does not fit into `Int`.
    case big(BigInteger)
    case float(Double)
    case string(String)
    /// HTML that is not escaped again.
    case safe(SafeHTML)
    case list(TemplateList)
    case tuple(TemplateList)
    case dict(TemplateDictionary)
    /// A function that templates call.
    case function(TemplateFunction)
    /// A value of the application.
    indirect case object(any TemplateObject)
    /// Something the engine made: a macro, `loop`, a range, a lazy sequence.
    case native(NativeValue)
}

extension TemplateValue {
    /// Makes a list.
    public static func array(_ items: [TemplateValue]) -> TemplateValue { .list(TemplateList(items)) }

    /// Makes a tuple.
    public static func tuple(of items: TemplateValue...) -> TemplateValue { .tuple(TemplateList(items)) }

    /// Makes a dictionary with string keys, in this order.
    public static func dictionary(_ pairs: KeyValuePairs<String, TemplateValue>) -> TemplateValue {
        let dictionary = TemplateDictionary()
        for (key, value) in pairs { dictionary[key] = value }
        return .dict(dictionary)
    }

    /// The undefined value of a name nobody set.
    public static func undefined(named name: String) -> TemplateValue { .undefined(Undefined(name: name)) }

    /// Whether the value is undefined.
    public var isUndefined: Bool {
        if case .undefined = self { return true }
        return false
    }

    /// Whether the value is `None`.
    public var isNone: Bool {
        if case .none = self { return true }
        return false
    }

    /// The text of a string, escaped or not.
    public var stringValue: String? {
        switch self {
        case .string(let text): text
        case .safe(let html): html.text
        default: nil
        }
    }

    /// The number of an integer or a boolean.
    public var intValue: Int? {
        switch self {
        case .int(let number): number
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    /// The number of an integer or a boolean as a position or length.
    var positionValue: Int? { intValue?.clampedForSums }

    /// An integer beyond `Int` as a position: beyond every end.
    var bigPosition: Int? {
        guard case .big(let number) = self else { return nil }
        return number.isNegative ? Int.min.clampedForSums : Int.max.clampedForSums
    }

    /// The number of a float, an integer or a boolean.
    public var doubleValue: Double? {
        if case .float(let number) = self { return number }
        if case .big(let number) = self { return number.double }
        return intValue.map(Double.init)
    }

    /// The name of the type in messages, as Python has it.
    public var typeName: String {
        switch self {
        case .undefined: "Undefined"
        case .none: "NoneType"
        case .bool: "bool"
        case .int, .big: "int"
        case .float: "float"
        case .string: "str"
        case .safe: "Markup"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .function: "function"
        case .object(let object): object.templateTypeName
        case .native(let native): native.typeName
        }
    }
}

extension Int {
    /// The number, or one with its sign that is larger than any length and far from where `Int` ends.
    var clampedForSums: Int { Swift.min(Swift.max(self, -(1 << 40)), 1 << 40) }
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: TemplateValue...) { self = .array(elements) }

    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        let dictionary = TemplateDictionary()
        for (key, value) in elements { dictionary[key] = value }
        self = .dict(dictionary)
    }
}
