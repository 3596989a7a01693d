extension SQLDecimal: SQLBindable, ColumnDecodable {
    public static var columnTypes: String { "numeric or integer" }

    public var sqlValue: SQLValue { .text(description) }

    public static func decode(_ cell: Cell) throws(CellError) -> SQLDecimal {
        guard let bytes = cell.bytes else { throw .null }
        switch cell.type {
        case TypeID.numeric where cell.isBinary: return try SQLDecimal(binary: bytes)
        case TypeID.int2, TypeID.int4, TypeID.int8: return SQLDecimal(try Int64.decode(cell))
        case TypeID.numeric:
            guard let value = SQLDecimal(cell.text) else { throw .value("not a decimal number") }
            return value
        default: throw .type
        }
    }

    /// The binary format of `numeric` (`numeric_send` in the server's sources): count of groups, weight, sign, scale,
    /// groups; 16 bits each.
    init(binary bytes: UnsafeRawBufferPointer) throws(CellError) {
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
        }
        guard bytes.count >= 8, bytes.count == 8 + 2 * Int(word(0)) else { throw .value("numeric is cut short") }
        switch word(2) {
        case 0xC000: self = .notANumber
        case 0xD000: self = .infinity
        case 0xF000: self = .negativeInfinity
        case 0x0000, 0x4000:
            let groups = (0..<Int(word(0))).map { Int16(bitPattern: word(4 + $0)) }
            guard groups.allSatisfy({ (0...9999).contains($0) }) else { throw .value("numeric has a bad digit") }
            let leading = groups.prefix { $0 == 0 }.count
            self.init(
                isNegative: word(2) == 0x4000, groups: groups, weight: Int(Int16(bitPattern: word(1))) - leading,
                scale: Int(word(3)))
        default: throw .value("numeric has an unknown sign")
        }
    }
}
