import Glibc

extension ColumnDecodable where Self: FixedWidthInteger {
    public static var columnTypes: String { "integer" }

    public static func decode(_ cell: Cell) throws(CellError) -> Self {
        guard let bytes = cell.bytes else { throw .null }
        let wide: Int64
        switch cell.type {
        case TypeID.int4 where cell.isBinary && bytes.count == 4: wide = Int64(cell.integer(in: bytes) as Int32)
        case TypeID.int8 where cell.isBinary && bytes.count == 8: wide = cell.integer(in: bytes)
        case TypeID.int2 where cell.isBinary && bytes.count == 2: wide = Int64(cell.integer(in: bytes) as Int16)
        case TypeID.oid where cell.isBinary && bytes.count == 4: wide = Int64(cell.integer(in: bytes) as UInt32)
        case TypeID.int2, TypeID.int4, TypeID.int8, TypeID.oid, TypeID.numeric:
            // `numeric` fits when it is whole: sum(bigint) is numeric.
            let text = cell.type == TypeID.numeric ? try SQLDecimal.decode(cell).description : cell.text
            guard let value = Self(text) else { throw .value("the number does not fit \(Self.self)") }
            return value
        default: throw .type
        }
        guard let value = Self(exactly: wide) else { throw .value("the number does not fit \(Self.self)") }
        return value
    }
}

extension Int: ColumnDecodable {}
extension Int8: ColumnDecodable {}
extension Int16: ColumnDecodable {}
extension Int32: ColumnDecodable {}
extension Int64: ColumnDecodable {}
extension UInt: ColumnDecodable {}
extension UInt16: ColumnDecodable {}
extension UInt32: ColumnDecodable {}
extension UInt64: ColumnDecodable {}

extension UInt8: ColumnDecodable {
    /// `[UInt8]` is `bytea`.
    public static func decodeArray(_ cell: Cell) throws(CellError) -> [UInt8] {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.bytea else { throw .type }
        return cell.isBinary ? Array(bytes) : try unhex(bytes)
    }

    /// `\x0aff`, the server's default output since 9.0.
    private static func unhex(_ bytes: UnsafeRawBufferPointer) throws(CellError) -> [UInt8] {
        guard bytes.count >= 2, bytes.count % 2 == 0, bytes[0] == UInt8(ascii: "\\"), bytes[1] == UInt8(ascii: "x")
        else { throw .value("bytea is not in hex format; set bytea_output to hex") }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count / 2 - 1)
        for index in stride(from: 2, to: bytes.count, by: 2) {
            guard let high = nibble(bytes[index]), let low = nibble(bytes[index + 1]) else {
                throw .value("bytea is not in hex format")
            }
            out.append(high << 4 | low)
        }
        return out
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }
}

extension Bool: ColumnDecodable {
    public static var columnTypes: String { "boolean" }

    public static func decode(_ cell: Cell) throws(CellError) -> Bool {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.bool, let first = bytes.first else { throw .type }
        return cell.isBinary ? first != 0 : first == UInt8(ascii: "t")
    }
}

extension Double: ColumnDecodable {
    public static var columnTypes: String { "double precision, real or numeric" }

    public static func decode(_ cell: Cell) throws(CellError) -> Double {
        guard let bytes = cell.bytes else { throw .null }
        switch cell.type {
        case TypeID.float8 where cell.isBinary && bytes.count == 8:
            return Double(bitPattern: cell.integer(in: bytes))
        case TypeID.float4 where cell.isBinary && bytes.count == 4:
            return Double(Float(bitPattern: cell.integer(in: bytes)))
        case TypeID.numeric:
            guard let value = Double(try SQLDecimal.decode(cell).description) else { throw .value("not a number") }
            return value
        case TypeID.float8, TypeID.float4:
            guard let value = Double(cell.text) else { throw .value("not a number") }
            return value
        default: throw .type
        }
    }
}

extension Float: ColumnDecodable {
    public static var columnTypes: String { "real" }

    public static func decode(_ cell: Cell) throws(CellError) -> Float {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.float4 else { throw .type }
        if cell.isBinary, bytes.count == 4 { return Float(bitPattern: cell.integer(in: bytes)) }
        guard let value = Float(cell.text) else { throw .value("not a number") }
        return value
    }
}
