/// A value inside a session or a signed token: JSON's types, and those that Flask's session keeps apart by tags.
///
/// A session that Flask wrote keeps its types when Roost writes it again: a tuple stays a tuple.
///
///     request.session["cart"] = ["pens": 3, "seen": [1, 2]]
///     let pens = request.session["cart"]?["pens"]?.int
public enum SessionValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    /// The decimal digits of an integer that does not fit into `Int`.
    case bigInteger(String)
    /// A finite number.
    case number(Double)
    case text(String)
    case array([SessionValue])
    /// Python's tuple.
    case tuple([SessionValue])
    case object(SessionObject)
    case bytes([UInt8])
    /// Trusted HTML, not escaped when a template prints it: Python's `Markup`.
    case markup(String)
    case uuid(SessionUUID)
    /// A moment in whole seconds since 1970, UTC.
    case date(Int64)
}

// Not by `nil`: `session[key] = nil` removes the key, and must never come to mean a null that is kept.
extension SessionValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: SessionValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, SessionValue)...) { self = .object(SessionObject(elements)) }
}

extension SessionValue {
    /// The moment as Flask stores a plain date or a time outside the tags: the text of an HTTP date.
    /// - Parameter seconds: since 1970; nil is returned outside the years 1 to 9999
    public static func httpDate(_ seconds: Int64) -> SessionValue? { HTTPDateText.text(seconds).map { .text($0) } }

    /// The text of a text or of trusted HTML.
    public var string: String? {
        switch self {
        case .text(let text), .markup(let text): text
        default: nil
        }
    }

    public var int: Int? { if case .integer(let number) = self { number } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    public var isNull: Bool { self == .null }

    /// The number of an integer or a fraction.
    public var double: Double? {
        switch self {
        case .number(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }

    /// The elements of an array or a tuple.
    public var array: [SessionValue]? {
        switch self {
        case .array(let items), .tuple(let items): items
        default: nil
        }
    }

    public var object: SessionObject? { if case .object(let object) = self { object } else { nil } }
    public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    public var uuid: SessionUUID? { if case .uuid(let uuid) = self { uuid } else { nil } }

    /// Seconds since 1970.
    public var date: Int64? { if case .date(let seconds) = self { seconds } else { nil } }

    /// The member of an object; nil for a missing key or another kind of value. Setting replaces a value of another kind.
    public subscript(key: String) -> SessionValue? {
        get { object?[key] }
        set {
            var members = object ?? SessionObject()
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The element of an array or tuple; nil outside it or for another kind of value.
    public subscript(index: Int) -> SessionValue? {
        guard let items = array, items.indices.contains(index) else { return nil }
        return items[index]
    }
}

/// Text as it is, everything else as the session's JSON: for pages and messages, not for storage.
extension SessionValue: CustomStringConvertible {
    public var description: String {
        switch self {
        case .text(let text), .markup(let text): return text
        case .bigInteger(let digits): return digits
        default:
            guard let json = try? TaggedJSON.encode(self) else { return "(a value that JSON cannot hold)" }
            return String(decoding: json, as: UTF8.self)
        }
    }
}
