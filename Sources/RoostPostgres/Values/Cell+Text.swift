public import FoundationEssentials

extension String: ColumnDecodable {
    public static var columnTypes: String { "text" }

    /// Text of any type that is written as text: enums, `numeric`, `json`, `uuid`, `date`, `inet` and so on.
    /// Numbers, booleans, bytes and points in time are refused: they have types of their own.
    public static func decode(_ cell: Cell) throws(CellError) -> String {
        guard let bytes = cell.bytes else { throw .null }
        if TypeID.isText(cell.type) { return String(decoding: bytes, as: UTF8.self) }
        switch cell.type {
        case TypeID.bool, TypeID.int2, TypeID.int4, TypeID.int8, TypeID.oid, TypeID.float4, TypeID.float8,
            TypeID.bytea, TypeID.timestamp, TypeID.timestamptz:
            throw .type
        case TypeID.uuid where cell.isBinary: return try UUID.decode(cell).uuidString.lowercased()
        case TypeID.numeric where cell.isBinary: return try SQLDecimal.decode(cell).description
        case TypeID.date where cell.isBinary: return try SQLDate.decode(cell).description
        case TypeID.time where cell.isBinary: return try SQLTime.decode(cell).description
        case TypeID.interval where cell.isBinary: return try SQLInterval.decode(cell).description
        case TypeID.jsonb where cell.isBinary:
            // The first byte is the version of the binary format, always 1.
            return String(decoding: bytes.dropFirst(), as: UTF8.self)
        default:
            guard !cell.isBinary else { throw .type }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension UUID: ColumnDecodable {
    public static var columnTypes: String { "uuid" }

    public static func decode(_ cell: Cell) throws(CellError) -> UUID {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.uuid else { throw .type }
        if cell.isBinary, bytes.count == 16 { return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self)) }
        guard let value = UUID(uuidString: cell.text) else { throw .value("not a UUID") }
        return value
    }
}

extension Timestamp: ColumnDecodable {
    public static var columnTypes: String { "timestamptz, timestamp or date" }

    /// 2000-01-01, where PostgreSQL starts to count, in seconds since 1970.
    static let postgresEpoch: Int64 = 946_684_800

    public static func decode(_ cell: Cell) throws(CellError) -> Timestamp {
        guard let bytes = cell.bytes else { throw .null }
        switch cell.type {
        case TypeID.timestamptz, TypeID.timestamp, TypeID.date: break
        default: throw .type
        }
        if cell.type == TypeID.date { return try SQLDate.decode(cell).startOfDay }
        if cell.isBinary, bytes.count == 8 { return Timestamp(postgresMicroseconds: cell.integer(in: bytes)) }
        guard let value = Timestamp(isoBytes: bytes) else { throw .value("not a time in ISO 8601 format") }
        return value
    }

    init(postgresMicroseconds: Int64) {
        // The extremes mean infinity and must not move.
        if postgresMicroseconds == .max || postgresMicroseconds == .min {
            self.init(microseconds: postgresMicroseconds)
        } else {
            self.init(microseconds: postgresMicroseconds &+ Self.postgresEpoch * 1_000_000)
        }
    }

    var postgresMicroseconds: Int64 {
        microseconds == .max || microseconds == .min
            ? microseconds : microseconds &- Self.postgresEpoch * 1_000_000
    }
}

extension Date: ColumnDecodable {
    public static var columnTypes: String { Timestamp.columnTypes }

    public static func decode(_ cell: Cell) throws(CellError) -> Date {
        try Timestamp.decode(cell).date
    }
}
