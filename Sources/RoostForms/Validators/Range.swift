extension Validator {
    /// The number lies within limits; NaN and no number at all do not.
    /// - Parameter message: instead of the usual one; `%(min)s` and `%(max)s` stand for the limits.
    public static func numberRange(
        minimum: FieldValue? = nil, maximum: FieldValue? = nil, _ message: String? = nil
    ) -> Validator {
        limits({ minimum }, { maximum }, "Number", message)
    }

    /// A whole number within a range.
    public static func numberRange(_ range: ClosedRange<Int>, _ message: String? = nil) -> Validator {
        numberRange(minimum: .integer(range.lowerBound), maximum: .integer(range.upperBound), message)
    }

    /// A number of at least so much.
    public static func numberRange(_ range: PartialRangeFrom<Int>, _ message: String? = nil) -> Validator {
        numberRange(minimum: .integer(range.lowerBound), message)
    }

    /// A number of at most so much.
    public static func numberRange(_ range: PartialRangeThrough<Int>, _ message: String? = nil) -> Validator {
        numberRange(maximum: .integer(range.upperBound), message)
    }

    /// The day or moment lies within limits, asked for at each check: `.dateRange(minimum: today())`.
    public static func dateRange(
        minimum: @autoclosure @escaping () -> FieldValue? = nil,
        maximum: @autoclosure @escaping () -> FieldValue? = nil,
        _ message: String? = nil
    ) -> Validator {
        limits(minimum, maximum, "Date", message)
    }

    private static func limits(
        _ minimum: @escaping () -> FieldValue?, _ maximum: @escaping () -> FieldValue?, _ what: String,
        _ message: String?
    ) -> Validator {
        var flags: HTMLAttributes = [:]
        if let minimum = minimum() { flags["min"] = .value(minimum) }
        if let maximum = maximum() { flags["max"] = .value(maximum) }
        return Validator(flags: flags) { _, field in
            let (low, high) = (minimum(), maximum())
            if isWithin(field.data, low, high) { return }
            let usual =
                switch (low, high) {
                case (_, nil): "\(what) must be at least %(min)s."
                case (nil, _): "\(what) must be at most %(max)s."
                default: "\(what) must be between %(min)s and %(max)s."
                }
            throw ValidationError(
                MessageText.fill(message ?? field.translate(usual), ["min": limitText(low), "max": limitText(high)]))
        }
    }

    private static func isWithin(_ value: FieldValue, _ low: FieldValue?, _ high: FieldValue?) -> Bool {
        // A value that cannot be compared with itself is no value, or NaN.
        if case .incomparable = value.compare(value) { return false }
        if let low, ![.greater, .equal].contains(value.compare(low)) { return false }
        if let high, ![.less, .equal].contains(value.compare(high)) { return false }
        return true
    }

    /// A day is shown as its first moment, as WTForms shows it.
    private static func limitText(_ limit: FieldValue?) -> String {
        if case .date(let date)? = limit { return CalendarDateTime(date).description }
        return limit?.description ?? "None"
    }
}
