extension Timestamp {
    /// Reads `2026-11-21`, `2026-11-21T03:37:53.25Z` or PostgreSQL's `2026-11-21 03:37:53.25+02`; no zone means UTC.
    ///
    /// - Returns: nil when the text is anything else, or a field is out of its range.
    public init?(iso8601 text: String) {
        var text = text
        let parsed = text.withUTF8 { Timestamp(isoBytes: UnsafeRawBufferPointer($0)) }
        guard let parsed else { return nil }
        self = parsed
    }

    init?(isoBytes bytes: UnsafeRawBufferPointer) {
        if bytes.elementsEqual("infinity".utf8) {
            self = .infinity
            return
        }
        if bytes.elementsEqual("-infinity".utf8) {
            self = .negativeInfinity
            return
        }
        var reader = FieldReader(bytes: bytes)
        guard let year = reader.number(digits: 4...6), reader.take("-"), let month = reader.number(digits: 2...2),
            reader.take("-"), let day = reader.number(digits: 2...2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var fields = Components(year: year, month: month, day: day)
        var offset = 0
        if reader.take("T") || reader.take("t") || reader.take(" ") {
            guard reader.time(into: &fields), let zone = reader.zone() else { return nil }
            offset = zone
        }
        guard reader.isAtEnd else { return nil }
        self = Timestamp(fields).adding(seconds: Int64(-offset))
    }
}

/// Reads fixed fields of a time from bytes.
private struct FieldReader {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    mutating func number(digits: ClosedRange<Int>) -> Int? {
        var value = 0
        let start = position
        while position < bytes.count, position - start < digits.upperBound, (0x30...0x39).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return position - start >= digits.lowerBound ? value : nil
    }

    /// `03:37`, `03:37:53`, `03:37:53.25`.
    mutating func time(into fields: inout Timestamp.Components) -> Bool {
        guard let hour = number(digits: 2...2), take(":"), let minute = number(digits: 2...2),
            hour <= 24, minute <= 59
        else { return false }
        (fields.hour, fields.minute) = (hour, minute)
        guard take(":") else { return true }
        guard let second = number(digits: 2...2), second <= 60 else { return false }
        fields.second = second
        guard take(".") || take(",") else { return true }
        let start = position
        guard var fraction = number(digits: 1...6) else { return false }
        for _ in (position - start)..<6 { fraction *= 10 }
        while number(digits: 1...1) != nil {}
        fields.microsecond = fraction
        return true
    }

    /// Seconds east of UTC: `Z`, nothing, `+02`, `-03:30`, `+0530`.
    mutating func zone() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign = take("-") ? -1 : (take("+") ? 1 : 0)
        guard sign != 0, let hours = number(digits: 2...2) else { return nil }
        var seconds = hours * 3600
        if take(":") || !isAtEnd {
            guard let minutes = number(digits: 2...2) else { return nil }
            seconds += minutes * 60
        }
        if take(":") {
            guard let rest = number(digits: 2...2) else { return nil }
            seconds += rest
        }
        return sign * seconds
    }
}
