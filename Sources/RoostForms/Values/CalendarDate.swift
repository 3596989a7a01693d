/// A day of the proleptic Gregorian calendar, without a zone.
public struct CalendarDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1…9999.
    public let year: Int
    /// 1…12.
    public let month: Int
    /// 1…31.
    public let day: Int

    /// Nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day so many days after 1 January of year 1, which is day 0.
    init?(ordinal: Int) {
        guard (0..<3_652_059).contains(ordinal) else { return nil }
        // Days since 1 March of year 0, counted in eras of 400 years (Howard Hinnant's civil_from_days).
        let shifted = ordinal + 306
        let (era, ofEra) = (shifted / 146_097, shifted % 146_097)
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * ofYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: ofYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// Days since 1 January of year 1.
    var ordinal: Int { Self.daysBefore(year: year) + dayOfYear - 1 }

    /// 1…366.
    var dayOfYear: Int { (1..<month).reduce(day) { $0 + Self.days(in: $1, of: year) } }

    /// 0 is Monday.
    var weekday: Int { ordinal % 7 }

    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    public static func < (one: CalendarDate, other: CalendarDate) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    static func daysBefore(year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A time of day, without a zone.
public struct ClockTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let hour: Int
    public let minute: Int
    public let second: Int
    public let microsecond: Int

    /// Nil when a part is out of its range.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1_000_000).contains(microsecond)
        else { return nil }
        (self.hour, self.minute, self.second, self.microsecond) = (hour, minute, second, microsecond)
    }

    /// 00:00.
    public static var midnight: ClockTime { ClockTime(unchecked: 0) }

    private init(unchecked value: Int) { (hour, minute, second, microsecond) = (value, value, value, value) }

    public var description: String {
        let time = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        return microsecond == 0 ? time : time + "." + padded(microsecond, 6)
    }

    public static func < (one: ClockTime, other: ClockTime) -> Bool {
        (one.hour, one.minute, one.second, one.microsecond) < (
            other.hour, other.minute, other.second, other.microsecond
        )
    }
}

/// A day and a time of day, without a zone.
public struct CalendarDateTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let date: CalendarDate
    public let time: ClockTime

    public init(_ date: CalendarDate, _ time: ClockTime = .midnight) {
        self.date = date
        self.time = time
    }

    public var description: String { "\(date) \(time)" }

    public static func < (one: CalendarDateTime, other: CalendarDateTime) -> Bool {
        (one.date, one.time) < (other.date, other.time)
    }
}

/// A number with zeros before it.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = number.description
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
