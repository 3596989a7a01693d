/// Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT`, from and to seconds since 1970.
public enum HTTPDate {
    private static let days: [StaticString] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The text of a moment, given in seconds since 1970 (UTC).
    public static func text(_ seconds: Int64) -> String {
        let day = floorDivide(seconds, 86400)
        let second = seconds - day * 86400
        let date = civil(day)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(29)
        append(days[Int((day % 7 + 7) % 7)], to: &bytes)
        append(", ", to: &bytes)
        append(date.day, width: 2, to: &bytes)
        append(" ", to: &bytes)
        append(months[Int(date.month) - 1], to: &bytes)
        append(" ", to: &bytes)
        append(date.year, width: 4, to: &bytes)
        append(" ", to: &bytes)
        append(second / 3600, width: 2, to: &bytes)
        append(":", to: &bytes)
        append(second / 60 % 60, width: 2, to: &bytes)
        append(":", to: &bytes)
        append(second % 60, width: 2, to: &bytes)
        append(" GMT", to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The seconds since 1970 of a date, or nil when the text is not one.
    ///
    /// Reads the three forms of RFC 9110, section 5.6.7 (`Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37
    /// GMT`, `Sun Nov  6 08:49:37 1994`), and zones as mail has them (`+0200`, `EST`).
    public static func seconds(_ text: String) -> Int64? { HTTPDateText(text)?.seconds }

    /// Appends `2026-11-21T03:37:51.123456Z` for microseconds since 1970: the form log lines use.
    public static func appendISO8601(microseconds: Int64, to bytes: inout [UInt8]) {
        let seconds = floorDivide(microseconds, 1_000_000)
        let day = floorDivide(seconds, 86400)
        let (second, date) = (seconds - day * 86400, civil(day))
        append(date.year, width: 4, to: &bytes)
        append("-", to: &bytes)
        append(date.month, width: 2, to: &bytes)
        append("-", to: &bytes)
        append(date.day, width: 2, to: &bytes)
        append("T", to: &bytes)
        append(second / 3600, width: 2, to: &bytes)
        append(":", to: &bytes)
        append(second / 60 % 60, width: 2, to: &bytes)
        append(":", to: &bytes)
        append(second % 60, width: 2, to: &bytes)
        append(".", to: &bytes)
        append(microseconds - seconds * 1_000_000, width: 6, to: &bytes)
        append("Z", to: &bytes)
    }

    /// Days to year, month, day in the proleptic Gregorian calendar (Howard Hinnant's `civil_from_days`).
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func append(_ value: Int64, width: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(ASCII.zero + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}
