internal import Glibc

/// Dates inside a session: `Thu, 02 Jan 2025 03:04:05 GMT`. This room imports no other, so it reads its own.
enum HTTPDateText {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The seconds of the years 1 to 9999, which are those that Python can represent.
    static let representable: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The text of a moment in seconds since 1970; nil outside the representable years.
    static func text(_ seconds: Int64) -> String? {
        guard representable.contains(seconds) else { return nil }
        var (moment, parts) = (time_t(seconds), tm())
        guard gmtime_r(&moment, &parts) != nil else { return nil }
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }.joined(separator: ":")
        return "\(days[Int(parts.tm_wday)]), \(padded(Int(parts.tm_mday), 2)) \(months[Int(parts.tm_mon)]) "
            + "\(padded(Int(parts.tm_year) + 1900, 4)) \(clock) GMT"
    }

    /// The seconds since 1970 of an RFC 1123 date in GMT; nil when the text is not one.
    static func seconds(_ text: String) -> Int64? {
        let words = text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 6, words[5] == "GMT" || words[5] == "UTC", let day = number(words[1]),
            let month = months.firstIndex(of: words[2]), let year = number(words[3]), (1...9999).contains(year)
        else { return nil }
        let clock = words[4].utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .compactMap { number(String(decoding: $0, as: UTF8.self)) }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] < 60 else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month), Int32(day))
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (Int32(clock[0]), Int32(clock[1]), Int32(clock[2]))
        let moment = timegm(&parts)
        // timegm carries 31 February over into March; a date that changes is none.
        return Int(parts.tm_mday) == day && Int(parts.tm_mon) == month ? Int64(moment) : nil
    }

    private static func number(_ text: String) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
