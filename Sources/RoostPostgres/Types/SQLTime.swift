/// A time of day without zone: PostgreSQL's `time`.
public struct SQLTime: Sendable, Hashable, Comparable {
    /// Microseconds since midnight, 0 to 86,400,000,000; the last is `24:00:00`.
    public let microseconds: Int64

    /// Nil outside the day.
    public init?(microseconds: Int64) {
        guard (0...86_400_000_000).contains(microseconds) else { return nil }
        self.microseconds = microseconds
    }

    /// Nil when a field is out of its range.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond)
        else { return nil }
        self.init(microseconds: Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond))
    }

    public var hour: Int { Int(microseconds / 3_600_000_000) }
    public var minute: Int { Int(microseconds / 60_000_000 % 60) }
    public var second: Int { Int(microseconds / 1_000_000 % 60) }
    public var microsecond: Int { Int(microseconds % 1_000_000) }

    public static func < (left: SQLTime, right: SQLTime) -> Bool { left.microseconds < right.microseconds }
}

extension SQLTime: LosslessStringConvertible, Codable {
    /// Reads `03:37`, `03:37:53` and `03:37:53.25`.
    public init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { (0x30...0x3A).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, text.utf8.count >= 5, let time = Timestamp(iso8601: "1970-01-01T" + text) else { return nil }
        self.init(microseconds: time.microseconds)
    }

    /// `03:37:53`, with six digits of microseconds when there are any.
    public var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text = "\(two(hour)):\(two(minute)):\(two(second))"
        guard microsecond > 0 else { return text }
        let digits = String(microsecond)
        return text + "." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = SQLTime(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time: HH:MM:SS")
        }
        self = value
    }
}

extension SQLTime: SQLBindable, ColumnDecodable {
    public static var columnTypes: String { "time" }

    public var sqlValue: SQLValue { .text(description) }

    public static func decode(_ cell: Cell) throws(CellError) -> SQLTime {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.time else { throw .type }
        let value =
            cell.isBinary && bytes.count == 8
            ? SQLTime(microseconds: cell.integer(in: bytes)) : SQLTime(cell.text)
        guard let value else { throw .value("not a time of day") }
        return value
    }
}
