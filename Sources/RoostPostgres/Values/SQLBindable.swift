public import FoundationEssentials

/// A type whose values may be interpolated into ``SQL``.
public protocol SQLBindable {
    /// The value to bind.
    var sqlValue: SQLValue { get }

    /// The value to bind for an array of this type; bytes differ from other elements here.
    static func sqlValue(ofArray array: [Self]) -> SQLValue
}

extension SQLBindable {
    public static func sqlValue(ofArray array: [Self]) -> SQLValue {
        .array(array.map(\.sqlValue))
    }
}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    public var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLBindable where Self: FixedWidthInteger {
    /// Integers beyond `Int64` are sent as text, so that `numeric` columns take them and others refuse them.
    public var sqlValue: SQLValue {
        Int64(exactly: self).map(SQLValue.int) ?? .text(String(self))
    }
}

extension Int: SQLBindable {}
extension Int8: SQLBindable {}
extension Int16: SQLBindable {}
extension Int32: SQLBindable {}
extension Int64: SQLBindable {}
extension UInt: SQLBindable {}
extension UInt16: SQLBindable {}
extension UInt32: SQLBindable {}
extension UInt64: SQLBindable {}

extension UInt8: SQLBindable {
    /// `[UInt8]` is `bytea`.
    public static func sqlValue(ofArray array: [UInt8]) -> SQLValue { .bytes(array) }
}

extension Bool: SQLBindable {
    public var sqlValue: SQLValue { .bool(self) }
}

extension Double: SQLBindable {
    public var sqlValue: SQLValue { .float(self) }
}

extension Float: SQLBindable {
    public var sqlValue: SQLValue { .float(Double(self)) }
}

extension String: SQLBindable {
    public var sqlValue: SQLValue { .text(self) }
}

extension Substring: SQLBindable {
    public var sqlValue: SQLValue { .text(String(self)) }
}

extension Timestamp: SQLBindable {
    public var sqlValue: SQLValue { .timestamp(self) }
}

extension Date: SQLBindable {
    public var sqlValue: SQLValue { .timestamp(Timestamp(self)) }
}

extension UUID: SQLBindable {
    public var sqlValue: SQLValue { .uuid(self) }
}

extension SQLValue: SQLBindable {
    public var sqlValue: SQLValue { self }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Array: SQLBindable where Element: SQLBindable {
    public var sqlValue: SQLValue { Element.sqlValue(ofArray: self) }
}
