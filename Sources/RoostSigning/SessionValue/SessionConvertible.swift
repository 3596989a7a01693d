/// A type that a session value can be read as, and that can be stored as one.
public protocol SessionConvertible {
    /// Nil when the value is of another kind.
    init?(sessionValue: SessionValue)
    var sessionValue: SessionValue { get }
}

extension SessionValue: SessionConvertible {
    public init?(sessionValue: SessionValue) { self = sessionValue }
    public var sessionValue: SessionValue { self }
}

extension String: SessionConvertible {
    public init?(sessionValue: SessionValue) {
        guard let text = sessionValue.string else { return nil }
        self = text
    }
    public var sessionValue: SessionValue { .text(self) }
}

extension Int: SessionConvertible {
    public init?(sessionValue: SessionValue) {
        guard let number = sessionValue.int else { return nil }
        self = number
    }
    public var sessionValue: SessionValue { .integer(self) }
}

extension Bool: SessionConvertible {
    public init?(sessionValue: SessionValue) {
        guard let flag = sessionValue.bool else { return nil }
        self = flag
    }
    public var sessionValue: SessionValue { .bool(self) }
}

extension Double: SessionConvertible {
    public init?(sessionValue: SessionValue) {
        guard let number = sessionValue.double else { return nil }
        self = number
    }
    public var sessionValue: SessionValue { .number(self) }
}

extension Array: SessionConvertible where Element: SessionConvertible {
    /// Nil when one of the elements is of another kind.
    public init?(sessionValue: SessionValue) {
        guard let items = sessionValue.array else { return nil }
        let elements = items.compactMap(Element.init(sessionValue:))
        guard elements.count == items.count else { return nil }
        self = elements
    }
    public var sessionValue: SessionValue { .array(map(\.sessionValue)) }
}
