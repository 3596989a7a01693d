/// A day of the Gregorian calendar, without time and zone: PostgreSQL's `date`.
public struct SQLDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public var daysSince1970: Int

    /// PostgreSQL's `infinity`.
    public static let infinity = SQLDate(daysSince1970: .max)
    /// PostgreSQL's `-infinity`.
    public static let negativeInfinity = SQLDate(daysSince1970: .min)

    public init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// Nil when the calendar has no such day: 30 February, month 13. Year 0 is 1 BC.
    public init?(year: Int, month: Int, day: Int) {
        guard (-4713...5_874_897).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(daysSince1970: Self.days(year, month, day))
        guard fields == (year, month, day) else { return nil }
    }

    /// The day in UTC on which a point in time lies.
    public init(_ time: Timestamp) {
        switch time {
        case .infinity: self = .infinity
        case .negativeInfinity: self = .negativeInfinity
        default:
            let seconds = Int(time.unixSeconds)
            daysSince1970 = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
        }
    }

    public var year: Int { fields.year }
    public var month: Int { fields.month }
    public var day: Int { fields.day }
    /// 0 is Sunday.
    public var weekday: Int { ((daysSince1970 % 7) + 11) % 7 }

    /// Midnight UTC at the beginning of the day; days beyond what a ``Timestamp`` can hold become infinite.
    public var startOfDay: Timestamp {
        let (microseconds, overflow) = Int64(daysSince1970).multipliedReportingOverflow(by: 86_400_000_000)
        if overflow { return daysSince1970 > 0 ? .infinity : .negativeInfinity }
        return Timestamp(microseconds: microseconds)
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `days`; the infinities have no fields worth reading.
    private var fields: (year: Int, month: Int, day: Int) {
        guard self != .infinity, self != .negativeInfinity else { return (0, 0, 0) }
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }

    public static func < (left: SQLDate, right: SQLDate) -> Bool { left.daysSince1970 < right.daysSince1970 }
}

extension SQLDate: LosslessStringConvertible, Codable {
    /// Reads `2026-11-21`, `0044-03-15 BC`, `infinity` and `-infinity`.
    public init?(_ text: String) {
        switch text {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default:
            let isBeforeChrist = text.hasSuffix(" BC")
            let fields = text.utf8.dropLast(isBeforeChrist ? 3 : 0)
                .split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard fields.count == 3, (4...7).contains(fields[0].count), fields[1].count == 2, fields[2].count == 2,
                fields.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
            else { return nil }
            let numbers = fields.map { $0.reduce(0) { 10 * $0 + Int($1 - 0x30) } }
            guard
                let date = SQLDate(
                    year: isBeforeChrist ? 1 - numbers[0] : numbers[0], month: numbers[1], day: numbers[2])
            else { return nil }
            self = date
        }
    }

    /// `2026-11-21`, as ISO 8601 and PostgreSQL write it.
    public var description: String {
        switch self {
        case .infinity: "infinity"
        case .negativeInfinity: "-infinity"
        default: text
        }
    }

    private var text: String {
        let (year, month, day) = fields
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year > 0 ? year : 1 - year, 4))-\(padded(month, 2))-\(padded(day, 2))\(year > 0 ? "" : " BC")"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = SQLDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date: YYYY-MM-DD")
        }
        self = value
    }
}

extension SQLDate: SQLBindable, ColumnDecodable {
    public static var columnTypes: String { "date" }

    /// 2000-01-01, where PostgreSQL starts to count, in days since 1970.
    private static let postgresEpoch = 10_957

    public var sqlValue: SQLValue { .text(description) }

    public static func decode(_ cell: Cell) throws(CellError) -> SQLDate {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.date else { throw .type }
        guard cell.isBinary, bytes.count == 4 else {
            guard let date = SQLDate(cell.text) else { throw .value("not a date in ISO 8601 format") }
            return date
        }
        switch cell.integer(in: bytes) as Int32 {
        case .max: return .infinity
        case .min: return .negativeInfinity
        case let days: return SQLDate(daysSince1970: Int(days) + postgresEpoch)
        }
    }
}
