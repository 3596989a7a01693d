/// What the fields of dates and times share: formats, of which the first one writes and all of them read.
open class MomentField: Field {
    public var formats: [DateFormat]
    var moment: CalendarDateTime?

    override public init(
        _ label: String? = nil, validators: [Validator] = [], description: String = "", id: String? = nil,
        name: String? = nil, attributes: HTMLAttributes = [:]
    ) {
        formats = []
        super.init(
            label, validators: validators, description: description, id: id, name: name, attributes: attributes)
        formats = Self.usualFormats
    }

    class var usualFormats: [DateFormat] { ["%Y-%m-%d %H:%M:%S"] }
    class var inputType: String { "datetime" }
    var invalidMessage: String { "Not a valid datetime value." }

    /// Uses other formats than usual: `DateField("Day").formats("%d.%m.%Y")`.
    public func formats(_ formats: DateFormat...) -> Self {
        self.formats = formats
        return self
    }

    override open var inputValue: String {
        if let rawData, !rawData.isEmpty { return rawData.joined(separator: " ") }
        return moment.map { formats[0].write($0) } ?? ""
    }

    override open var standardWidget: any Widget {
        var widget = InputWidget(Self.inputType, flags: InputWidget.numberFlags)
        widget.format = formats[0]
        return widget
    }

    override open func processData(_ data: FieldValue) throws(ValidationError) { moment = data.moment }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        guard !values.isEmpty else { return }
        moment = read(values.joined(separator: " "))
        if moment == nil { throw invalidValue(invalidMessage) }
    }

    func read(_ text: String) -> CalendarDateTime? { formats.lazy.compactMap { $0.read(text) }.first }
}

/// A day and a time, in an `<input type="datetime">`, which browsers show as a line of text.
open class DateTimeField: MomentField, ValueField {
    public var value: CalendarDateTime? {
        get { moment }
        set { moment = newValue }
    }

    override open var type: String { "DateTimeField" }
    override open var data: FieldValue { value.fieldValue }
}

/// A day and a time, chosen in the browser's calendar.
open class DateTimeLocalField: DateTimeField {
    override open var type: String { "DateTimeLocalField" }
    override class var inputType: String { "datetime-local" }

    override class var usualFormats: [DateFormat] {
        ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
    }
}

/// A day.
open class DateField: MomentField, ValueField {
    public var value: CalendarDate? {
        get { moment?.date }
        set { moment = newValue.map { CalendarDateTime($0) } }
    }

    override open var type: String { "DateField" }
    override open var data: FieldValue { value.fieldValue }
    override class var usualFormats: [DateFormat] { ["%Y-%m-%d"] }
    override class var inputType: String { "date" }
    override var invalidMessage: String { "Not a valid date value." }
}

/// A month: its first day.
open class MonthField: DateField {
    override open var type: String { "MonthField" }
    override class var usualFormats: [DateFormat] { ["%Y-%m"] }
    override class var inputType: String { "month" }
}

/// A week: its Monday.
open class WeekField: DateField {
    override open var type: String { "WeekField" }
    override class var usualFormats: [DateFormat] { ["%Y-W%W"] }
    override class var inputType: String { "week" }
    override var invalidMessage: String { "Not a valid week value." }

    override func read(_ text: String) -> CalendarDateTime? {
        formats.lazy.compactMap { format in
            format.text.contains("%w") ? format.read(text) : DateFormat(format.text + "-%w").read(text + "-1")
        }.first
    }
}

/// A time of day.
open class TimeField: MomentField, ValueField {
    public var value: ClockTime? {
        get { moment?.time }
        set { moment = newValue.fieldValue.moment }
    }

    override open var type: String { "TimeField" }
    override open var data: FieldValue { value.fieldValue }
    override class var usualFormats: [DateFormat] { ["%H:%M"] }
    override class var inputType: String { "time" }
    override var invalidMessage: String { "Not a valid time value." }
}
