/// A span of time as PostgreSQL's `interval` keeps it: months, days and microseconds, which do not convert into one
/// another without a calendar.
public struct SQLInterval: Sendable, Hashable, Codable {
    public var months: Int
    public var days: Int
    public var microseconds: Int64

    public init(months: Int = 0, days: Int = 0, microseconds: Int64 = 0) {
        (self.months, self.days, self.microseconds) = (months, days, microseconds)
    }

    /// A fixed span; parts below a microsecond are dropped.
    public init(_ duration: Duration) {
        let parts = duration.components
        self.init(microseconds: parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000)
    }

    /// The span with days of 24 hours; nil when it has months, whose length the calendar decides.
    public var duration: Duration? {
        months == 0 ? .seconds(days * 86_400) + .microseconds(microseconds) : nil
    }
}

extension SQLInterval: CustomStringConvertible {
    /// ISO 8601, which the server reads in every setting: `P1M2DT-0.5S`.
    public var description: String {
        let negative = microseconds < 0
        let magnitude = microseconds.magnitude
        let fraction = String(magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
        return "P\(months)M\(days)DT\(negative ? "-" : "")\(magnitude / 1_000_000).\(zeros)\(fraction)S"
    }
}

extension SQLInterval: SQLBindable, ColumnDecodable {
    public static var columnTypes: String { "interval" }

    public var sqlValue: SQLValue { .text(description) }

    public static func decode(_ cell: Cell) throws(CellError) -> SQLInterval {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.interval else { throw .type }
        if cell.isBinary, bytes.count == 16 {
            return SQLInterval(
                months: Int(cell.integer(at: 12, in: bytes) as Int32),
                days: Int(cell.integer(at: 8, in: bytes) as Int32),
                microseconds: cell.integer(in: bytes))
        }
        guard let value = SQLInterval(postgres: cell.text) else {
            throw .value("not an interval in the style postgres; set intervalstyle to postgres")
        }
        return value
    }

    /// Reads the server's default style: `1 year 2 mons -3 days +04:05:06.7`.
    init?(postgres text: String) {
        self.init()
        var words = text.split(separator: " ")
        if let last = words.last, last.utf8.contains(UInt8(ascii: ":")) {
            guard let clock = Self.clock(last) else { return nil }
            microseconds = clock
            words.removeLast()
        }
        guard words.count % 2 == 0 else { return nil }
        for index in stride(from: 0, to: words.count, by: 2) {
            guard let number = Int(words[index]) else { return nil }
            switch words[index + 1] {
            case "year", "years": months += 12 * number
            case "mon", "mons": months += number
            case "day", "days": days += number
            default: return nil
            }
        }
    }

    /// `-04:05:06.789`; hours may have any number of digits.
    private static func clock(_ text: Substring) -> Int64? {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let fields = (isNegative || text.utf8.first == UInt8(ascii: "+") ? text.dropFirst() : text).split(
            separator: ":")
        guard fields.count == 3, let hours = Int64(fields[0]), let minutes = Int64(fields[1]) else { return nil }
        let seconds = fields[2].split(separator: ".", maxSplits: 1)
        guard let whole = seconds.first.flatMap({ Int64($0) }) else { return nil }
        var fraction: Int64 = 0
        if seconds.count == 2 {
            guard seconds[1].utf8.count <= 6, let digits = Int64(seconds[1]) else { return nil }
            fraction = (seconds[1].utf8.count..<6).reduce(digits) { value, _ in value * 10 }
        }
        let total = ((hours * 60 + minutes) * 60 + whole) * 1_000_000 + fraction
        return isNegative ? -total : total
    }
}
