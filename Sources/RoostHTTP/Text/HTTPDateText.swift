/// A date's text, taken apart.
struct HTTPDateText {
    let seconds: Int64

    init?(_ text: String) {
        var words = text.utf8.split { $0 == ASCII.space || $0 == ASCII.comma || $0 == ASCII.tab }
            .map { String(Substring($0)) }
        if let first = words.first, Self.isWeekday(first) { words.removeFirst() }
        // 06-Nov-94 is three words.
        if let first = words.first, first.utf8.contains(ASCII.dash) {
            words.replaceSubrange(0..<1, with: first.utf8.split(separator: ASCII.dash).map { String(Substring($0)) })
        }
        guard (4...5).contains(words.count) else { return nil }
        // The C library's form has the month first and the year last.
        if Self.month(words[0]) != nil, words.count == 4 { words = [words[1], words[0], words[3], words[2]] }
        guard let day = Self.number(words[0]), let month = Self.month(words[1]), let year = Self.year(words[2]),
            let second = Self.clock(words[3]), let zone = Self.zone(words.count == 5 ? words[4] : "GMT"),
            (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        seconds = HTTPDate.daysSince1970(year: year, month: month, day: day) * 86400 + second - zone
    }

    private static func isWeekday(_ word: String) -> Bool {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(word.lowercased().prefix(3).description)
    }

    private static func month(_ word: String) -> Int64? {
        HTTPDate.months.firstIndex { ASCII.equalIgnoringCase($0.description, String(word.prefix(3))) }.map {
            Int64($0) + 1
        }
    }

    /// Two digits are of this century up to 68, of the last one from 69 on, as POSIX has it.
    private static func year(_ word: String) -> Int64? {
        guard let year = number(word), year >= 0 else { return nil }
        if word.utf8.count == 2 { return year < 69 ? year + 2000 : year + 1900 }
        return (1...9999).contains(year) ? year : nil
    }

    private static func clock(_ word: String) -> Int64? {
        let parts = word.utf8.split(separator: ASCII.colon, omittingEmptySubsequences: false).map {
            number(String(Substring($0)))
        }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
            let second = parts.count == 3 ? parts[2] : 0, (0..<24).contains(hour), (0..<60).contains(minute),
            (0...60).contains(second)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Seconds east of Greenwich.
    private static func zone(_ word: String) -> Int64? {
        switch word.uppercased() {
        case "GMT", "UTC", "UT", "Z": return 0
        case "EDT": return -4 * 3600
        case "EST", "CDT": return -5 * 3600
        case "CST", "MDT": return -6 * 3600
        case "MST", "PDT": return -7 * 3600
        case "PST": return -8 * 3600
        default: break
        }
        guard word.utf8.count == 5, let sign = word.utf8.first, sign == ASCII.plus || sign == ASCII.dash,
            let digits = number(String(word.dropFirst())), digits % 100 < 60, digits < 2400
        else { return nil }
        let seconds = digits / 100 * 3600 + digits % 100 * 60
        return sign == ASCII.dash ? -seconds : seconds
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Digits alone: `Int64` would take signs too.
    private static func number(_ word: String) -> Int64? {
        word.utf8.allSatisfy(ASCII.isDigit) && word.utf8.count < 6 ? Int64(word) : nil
    }
}
