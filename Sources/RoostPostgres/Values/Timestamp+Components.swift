import Glibc

extension Timestamp {
    /// A time of the Gregorian calendar in UTC.
    public struct Components: Sendable, Hashable {
        public var year = 1970
        public var month = 1
        public var day = 1
        public var hour = 0
        public var minute = 0
        public var second = 0
        public var microsecond = 0
        /// 0 is Sunday. Ignored when a `Timestamp` is made from components.
        public var weekday = 0

        public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
            (self.year, self.month, self.day) = (year, month, day)
            (self.hour, self.minute, self.second) = (hour, minute, second)
        }
    }

    /// The calendar fields in UTC.
    public var components: Components {
        var seconds = time_t(unixSeconds)
        var fields = tm()
        gmtime_r(&seconds, &fields)
        var out = Components(
            year: Int(fields.tm_year) + 1900, month: Int(fields.tm_mon) + 1, day: Int(fields.tm_mday),
            hour: Int(fields.tm_hour), minute: Int(fields.tm_min), second: Int(fields.tm_sec))
        out.microsecond = microsecondOfSecond
        out.weekday = Int(fields.tm_wday)
        return out
    }

    /// Fields out of range carry over, as `timegm(3)` does: month 13 is January of the next year.
    public init(_ components: Components) {
        var fields = tm()
        fields.tm_year = Int32(truncatingIfNeeded: components.year - 1900)
        fields.tm_mon = Int32(truncatingIfNeeded: components.month - 1)
        fields.tm_mday = Int32(truncatingIfNeeded: components.day)
        fields.tm_hour = Int32(truncatingIfNeeded: components.hour)
        fields.tm_min = Int32(truncatingIfNeeded: components.minute)
        fields.tm_sec = Int32(truncatingIfNeeded: components.second)
        microseconds = Int64(timegm(&fields)) * 1_000_000 + Int64(components.microsecond)
    }
}

extension Timestamp: CustomStringConvertible {
    public var description: String { iso8601 }

    /// `2026-11-21T03:37:53Z`, with six digits of microseconds when there are any.
    public var iso8601: String { text(separator: UInt8(ascii: "T")) }

    /// `2026-11-21T03:37:53`: the time as a column without time zone holds it, and as Python's `isoformat` prints it.
    public var isoformat: String { text(separator: UInt8(ascii: "T"), zone: false) }

    /// The form that PostgreSQL reads, the infinities included.
    var postgresText: String {
        switch self {
        case .infinity: "infinity"
        case .negativeInfinity: "-infinity"
        default: text(separator: UInt8(ascii: " "))
        }
    }

    private func text(separator: UInt8, zone: Bool = true) -> String {
        let fields = components
        // Years before 1 have another spelling in PostgreSQL (BC) than in ISO 8601; neither is worth code here.
        return String(unsafeUninitializedCapacity: 40) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.put(fields.year, width: 4)
            writer.put(fields.month, width: 2, after: UInt8(ascii: "-"))
            writer.put(fields.day, width: 2, after: UInt8(ascii: "-"))
            writer.put(fields.hour, width: 2, after: separator)
            writer.put(fields.minute, width: 2, after: UInt8(ascii: ":"))
            writer.put(fields.second, width: 2, after: UInt8(ascii: ":"))
            if fields.microsecond > 0 { writer.put(fields.microsecond, width: 6, after: UInt8(ascii: ".")) }
            if zone { writer.put(byte: UInt8(ascii: "Z")) }
            return writer.count
        }
    }
}

/// Writes numbers with leading zeros into a buffer that is large enough.
private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func put(byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    mutating func put(_ number: Int, width: Int, after separator: UInt8? = nil) {
        if let separator { put(byte: separator) }
        if number < 0 { put(byte: UInt8(ascii: "-")) }
        let magnitude = number.magnitude
        var scale: UInt = 1
        var digits = 1
        while digits < width || magnitude / scale > 9 {
            scale *= 10
            digits += 1
        }
        while scale > 0 {
            put(byte: UInt8(ascii: "0") + UInt8(magnitude / scale % 10))
            scale /= 10
        }
    }
}
