/// A checkbox.
open class BooleanField: Field, ValueField {
    public var value = false
    /// What means false although it was sent.
    public var falseValues = ["false", ""]

    override open var type: String { "BooleanField" }
    override open var data: FieldValue { .bool(value) }

    override open var inputValue: String {
        if let rawData, let first = rawData.first { return first }
        return "y"
    }

    override open var standardWidget: any Widget {
        var widget = InputWidget("checkbox", flags: ["required", "disabled"])
        widget.isCheckable = true
        return widget
    }

    override open func processData(_ data: FieldValue) throws(ValidationError) { value = data.isTrue }

    /// Browsers leave out a box that is not ticked: missing means false.
    override open func processInput(_ values: [String]) throws(ValidationError) {
        value = values.first.map { !falseValues.contains($0) } ?? false
    }
}

/// A button that sends the form; true when it was the one.
open class SubmitField: BooleanField {
    override open var type: String { "SubmitField" }

    override open var standardWidget: any Widget {
        var widget = InputWidget("submit", flags: ["required", "disabled"])
        widget.value = .label
        return widget
    }
}
