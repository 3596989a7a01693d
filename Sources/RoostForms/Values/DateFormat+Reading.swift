extension DateFormat {
    /// Reads a text; nil when it does not fit the format or names no real moment. Parts that the format leaves out are
    /// those of 1 January 1900, 00:00.
    public func read(_ text: String) -> CalendarDateTime? {
        Reader(pieces: pieces, bytes: Array(text.utf8)).read()
    }

    /// What has been read so far.
    private struct Parts {
        var year: Int?, month: Int?, day: Int?
        var hour = 0, minute = 0, second = 0, microsecond = 0
        var isAfternoon: Bool?, hasHour12 = false
        var dayOfYear: Int?, weekday: Int?, week: Int?, weekStartsMonday = false

        var moment: CalendarDateTime? {
            var hour = hour
            if hasHour12 { hour = hour % 12 + (isAfternoon == true ? 12 : 0) }
            guard let date, let time = ClockTime(hour: hour, minute: minute, second: second, microsecond: microsecond)
            else { return nil }
            return CalendarDateTime(date, time)
        }

        private var date: CalendarDate? {
            if let week, let weekday, let year { return day(of: week, weekday, year) }
            if let dayOfYear, month == nil, day == nil {
                return CalendarDate(ordinal: CalendarDate.daysBefore(year: year ?? 1900) + dayOfYear - 1)
            }
            return CalendarDate(year: year ?? 1900, month: month ?? 1, day: day ?? 1)
        }

        /// Week 1 begins with the year's first Monday, or Sunday; the days before are in week 0.
        private func day(of week: Int, _ weekday: Int, _ year: Int) -> CalendarDate? {
            guard let first = CalendarDate(year: year, month: 1, day: 1) else { return nil }
            let shift = weekStartsMonday ? first.weekday : (first.weekday + 1) % 7
            let offset = weekStartsMonday ? weekday : (weekday + 1) % 7
            let days = week == 0 ? offset - shift : (7 - shift) % 7 + (week - 1) * 7 + offset
            return CalendarDate(ordinal: first.ordinal + days)
        }
    }

    /// Tries the widest reading of each number first and comes back for narrower ones, as a regular expression does.
    private struct Reader {
        let pieces: [Piece]
        let bytes: [UInt8]

        func read() -> CalendarDateTime? {
            guard bytes.count <= 200, let parts = match(0, 0, Parts()) else { return nil }
            return parts.moment
        }

        private func match(_ piece: Int, _ position: Int, _ parts: Parts) -> Parts? {
            guard piece < pieces.count else { return position == bytes.count ? parts : nil }
            switch pieces[piece] {
            case .text(let byte):
                guard position < bytes.count, lower(bytes[position]) == lower(byte) else { return nil }
                return match(piece + 1, position + 1, parts)
            case .space:
                var end = position
                while end < bytes.count, isSpace(bytes[end]) { end += 1 }
                return end > position ? match(piece + 1, end, parts) : nil
            case .letter(let letter):
                return match(letter: letter & 0x7F, piece, position, parts)
            }
        }

        private func match(letter: UInt8, _ piece: Int, _ position: Int, _ parts: Parts) -> Parts? {
            if let words = Self.words(letter) {
                for (index, word) in words.enumerated() where has(word, at: position) {
                    var parts = parts
                    Self.set(letter, index, 0, &parts)
                    if let found = match(piece + 1, position + word.utf8.count, parts) { return found }
                }
                return nil
            }
            let (range, widths) = Self.shape(letter)
            for width in widths.reversed() where position + width <= bytes.count {
                let digits = bytes[position..<position + width]
                guard digits.allSatisfy({ $0 &- 48 < 10 }) else { continue }
                let value = digits.reduce(0) { $0 * 10 + Int($1 &- 48) }
                guard range.contains(value) else { continue }
                var parts = parts
                Self.set(letter, value, width, &parts)
                if let found = match(piece + 1, position + width, parts) { return found }
            }
            return nil
        }

        private func has(_ word: String, at position: Int) -> Bool {
            position + word.utf8.count <= bytes.count
                && zip(bytes[position...], word.utf8).allSatisfy { lower($0) == $1 }
        }

        private func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
        private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

        private static func words(_ letter: UInt8) -> [String]? {
            switch letter {
            case UInt8(ascii: "b"): months.map { String($0.prefix(3)) }
            case UInt8(ascii: "B"): months
            case UInt8(ascii: "a"): days.map { String($0.prefix(3)) }
            case UInt8(ascii: "A"): days
            case UInt8(ascii: "p"): ["am", "pm"]
            default: nil
            }
        }

        private static func shape(_ letter: UInt8) -> (values: ClosedRange<Int>, widths: ClosedRange<Int>) {
            switch letter {
            case UInt8(ascii: "Y"): (0...9999, 4...4)
            case UInt8(ascii: "y"): (0...99, 2...2)
            case UInt8(ascii: "m"), UInt8(ascii: "I"): (1...12, 1...2)
            case UInt8(ascii: "d"): (1...31, 1...2)
            case UInt8(ascii: "H"): (0...23, 1...2)
            case UInt8(ascii: "M"): (0...59, 1...2)
            case UInt8(ascii: "S"): (0...61, 1...2)
            case UInt8(ascii: "f"): (0...999_999, 1...6)
            case UInt8(ascii: "j"): (1...366, 1...3)
            case UInt8(ascii: "w"): (0...6, 1...1)
            default: (0...53, 1...2)
            }
        }

        private static func set(_ letter: UInt8, _ value: Int, _ width: Int, _ parts: inout Parts) {
            switch letter {
            case UInt8(ascii: "Y"): parts.year = value
            case UInt8(ascii: "y"): parts.year = value + (value <= 68 ? 2000 : 1900)
            case UInt8(ascii: "m"): parts.month = value
            case UInt8(ascii: "b"), UInt8(ascii: "B"): parts.month = value + 1
            case UInt8(ascii: "d"): parts.day = value
            case UInt8(ascii: "H"): parts.hour = value
            case UInt8(ascii: "I"): (parts.hour, parts.hasHour12) = (value, true)
            case UInt8(ascii: "M"): parts.minute = value
            case UInt8(ascii: "S"): parts.second = value
            case UInt8(ascii: "f"): parts.microsecond = (width..<6).reduce(value) { number, _ in number * 10 }
            case UInt8(ascii: "p"): parts.isAfternoon = value == 1
            case UInt8(ascii: "j"): parts.dayOfYear = value
            case UInt8(ascii: "a"), UInt8(ascii: "A"): parts.weekday = value
            case UInt8(ascii: "w"): parts.weekday = (value + 6) % 7
            case UInt8(ascii: "U"): parts.week = value
            default: (parts.week, parts.weekStartsMonday) = (value, true)
            }
        }
    }
}
