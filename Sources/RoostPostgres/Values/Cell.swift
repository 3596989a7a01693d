/// One column of one row as the server sent it. Valid only while its row's result lives.
@frozen public struct Cell {
    /// The value's bytes; nil for NULL. In text format a zero byte follows them.
    public let bytes: UnsafeRawBufferPointer?
    /// The type's object id.
    public let type: UInt32
    /// Binary format rather than text.
    public let isBinary: Bool

    @inlinable
    public init(bytes: UnsafeRawBufferPointer?, type: UInt32, isBinary: Bool) {
        self.bytes = bytes
        self.type = type
        self.isBinary = isBinary
    }

    /// The bytes as text.
    public var text: String {
        guard let bytes else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A big-endian integer at `offset`; the caller has checked the length.
    func integer<Number: FixedWidthInteger>(at offset: Int = 0, in bytes: UnsafeRawBufferPointer) -> Number {
        Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}

/// Why a cell could not become the wanted value.
public enum CellError: Error {
    /// The column is NULL and the wanted type is not optional.
    case null
    /// The column has another type.
    case type
    /// The type fits, the value does not: out of range, or malformed.
    case value(String)
}

/// A type that a column can become.
public protocol ColumnDecodable {
    /// The PostgreSQL types that fit, for error messages: "integer".
    static var columnTypes: String { get }

    /// Makes a value from a column.
    static func decode(_ cell: Cell) throws(CellError) -> Self

    /// Makes an array of this type from a column; bytes differ from other elements here.
    static func decodeArray(_ cell: Cell) throws(CellError) -> [Self]
}

/// A type that goes into a statement and comes back from a column.
public typealias SQLConvertible = SQLBindable & ColumnDecodable

extension ColumnDecodable {
    public static func decodeArray(_ cell: Cell) throws(CellError) -> [Self] {
        try ArrayCell.decode(cell, as: Self.self)
    }
}

extension Optional: ColumnDecodable where Wrapped: ColumnDecodable {
    public static var columnTypes: String { Wrapped.columnTypes }

    public static func decode(_ cell: Cell) throws(CellError) -> Wrapped? {
        cell.bytes == nil ? nil : try Wrapped.decode(cell)
    }
}

extension Array: ColumnDecodable where Element: ColumnDecodable {
    public static var columnTypes: String { "array of \(Element.columnTypes)" }

    public static func decode(_ cell: Cell) throws(CellError) -> [Element] {
        try Element.decodeArray(cell)
    }
}

extension ColumnDecodable where Self: RawRepresentable, RawValue: ColumnDecodable {
    public static var columnTypes: String { RawValue.columnTypes }

    public static func decode(_ cell: Cell) throws(CellError) -> Self {
        let raw = try RawValue.decode(cell)
        guard let value = Self(rawValue: raw) else { throw .value("no case of \(Self.self) has this value") }
        return value
    }
}
