/// A whole number of 64 bits.
open class IntegerField: Field, ValueField {
    public var value: Int?

    override open var type: String { "IntegerField" }
    override open var data: FieldValue { value.fieldValue }
    override open var standardWidget: any Widget { InputWidget("number", flags: InputWidget.numberFlags) }

    override open var inputValue: String { rawData?.first ?? value?.description ?? "" }

    override open func processData(_ data: FieldValue) throws(ValidationError) {
        switch data {
        case .none: value = nil
        case .integer(let number): value = number
        case .bool(let flag): value = flag ? 1 : 0
        case .float(let number) where number.magnitude < 0x1p62: value = Int(number)
        case .text(let text): try read(text)
        default:
            value = nil
            throw invalidValue("Not a valid integer value.")
        }
    }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        if let first = values.first { try read(first) }
    }

    private func read(_ text: String) throws(ValidationError) {
        value = NumberText.integer(text)
        if value == nil { throw invalidValue("Not a valid integer value.") }
    }
}

/// An exact decimal number: money, measures.
open class DecimalField: Field, ValueField {
    public var value: DecimalNumber?
    /// Places after the point that are shown; nil shows all there are.
    public var places: Int? = 2

    override open var type: String { "DecimalField" }
    override open var data: FieldValue { value.fieldValue }

    override open var standardWidget: any Widget {
        var widget = InputWidget("number", flags: InputWidget.numberFlags)
        widget.fixed = ["step": "any"]
        return widget
    }

    override open var inputValue: String {
        if let first = rawData?.first { return first }
        guard let value else { return "" }
        return places.map { value.rounded(places: $0) ?? value }?.description ?? value.description
    }

    /// Shows another number of places than two.
    public func places(_ places: Int?) -> Self {
        self.places = places
        return self
    }

    override open func processData(_ data: FieldValue) throws(ValidationError) {
        value = if case .decimal(let number) = data { number } else { DecimalNumber(data.description) }
    }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        guard let first = values.first else { return }
        value = DecimalNumber(first)
        if value == nil { throw invalidValue("Not a valid decimal value.") }
    }
}

/// A floating-point number.
open class FloatField: Field, ValueField {
    public var value: Double?

    override open var type: String { "FloatField" }
    override open var data: FieldValue { value.fieldValue }

    override open var standardWidget: any Widget {
        var widget = InputWidget("number", flags: InputWidget.numberFlags)
        widget.fixed = ["step": "any"]
        return widget
    }

    override open var inputValue: String { rawData?.first ?? value.map(FieldValue.text(of:)) ?? "" }

    override open func processData(_ data: FieldValue) throws(ValidationError) {
        switch data {
        case .float(let number): value = number
        case .integer(let number): value = Double(number)
        default: value = nil
        }
    }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        guard let first = values.first else { return }
        value = NumberText.float(first)
        if value == nil { throw invalidValue("Not a valid float value.") }
    }
}

/// A whole number on a slider.
open class IntegerRangeField: IntegerField {
    override open var type: String { "IntegerRangeField" }
    override open var standardWidget: any Widget { InputWidget("range", flags: ["disabled", "max", "min", "step"]) }
}

/// A decimal number on a slider.
open class DecimalRangeField: DecimalField {
    override open var type: String { "DecimalRangeField" }

    override open var standardWidget: any Widget {
        var widget = InputWidget("range", flags: ["disabled", "max", "min", "step"])
        widget.fixed = ["step": "any"]
        return widget
    }
}
