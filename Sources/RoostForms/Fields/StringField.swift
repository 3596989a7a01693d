/// A line of text.
open class StringField: Field, ValueField {
    /// The text; nil when nothing was sent and nothing was there.
    public var text: String?
    private var filters: [(String) throws(ValidationError) -> String] = []

    /// The text; empty when there is none.
    public var value: String {
        get { text ?? "" }
        set { text = newValue }
    }

    /// Changes the text as soon as it was read: `StringField("Name").filter { $0.lowercased() }`.
    public func filter(_ filter: @escaping (String) throws(ValidationError) -> String) -> Self {
        filters.append(filter)
        return self
    }

    /// Takes white space off both ends of what was sent.
    public func trimmed() -> Self {
        filter { (text) throws(ValidationError) -> String in
            var scalars = Substring(text).unicodeScalars
            while let first = scalars.first, NumberText.isSpace(first) { scalars.removeFirst() }
            while let last = scalars.last, NumberText.isSpace(last) { scalars.removeLast() }
            return String(scalars)
        }
    }

    override open var type: String { "StringField" }
    override open var data: FieldValue { text.map(FieldValue.text) ?? .none }
    override open var standardWidget: any Widget { InputWidget("text") }

    override open func processData(_ data: FieldValue) throws(ValidationError) {
        text = data.isNone ? nil : data.description
    }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        if let first = values.first { text = first }
    }

    override open func runFilters() throws(ValidationError) {
        guard var text else { return }
        for filter in filters { text = try filter(text) }
        self.text = text
    }
}

/// Several lines of text.
open class TextAreaField: StringField {
    override open var type: String { "TextAreaField" }
    override open var standardWidget: any Widget { TextAreaWidget() }
}

/// A password. It is never sent back to the browser.
open class PasswordField: StringField {
    override open var type: String { "PasswordField" }

    override open var standardWidget: any Widget {
        var widget = InputWidget("password")
        widget.value = .hidden
        return widget
    }
}

/// A text that the page carries without showing it.
open class HiddenField: StringField {
    override open var type: String { "HiddenField" }
    override open var isHidden: Bool { true }
    override open var standardWidget: any Widget { InputWidget("hidden", flags: ["disabled"]) }

    override open func bind(to form: Form, name: String, prefix: String) {
        super.bind(to: form, name: name, prefix: prefix)
        flags["hidden"] = true
    }
}

/// A text to search for.
open class SearchField: StringField {
    override open var type: String { "SearchField" }
    override open var standardWidget: any Widget { InputWidget("search") }
}

/// A telephone number; browsers show digits for it.
open class TelField: StringField {
    override open var type: String { "TelField" }
    override open var standardWidget: any Widget { InputWidget("tel") }
}

/// An address on the web. Add the `url` validator: browsers may not check.
open class URLField: StringField {
    override open var type: String { "URLField" }
    override open var standardWidget: any Widget { InputWidget("url") }
}

/// An e-mail address. Add the `email` validator: browsers may not check.
open class EmailField: StringField {
    override open var type: String { "EmailField" }
    override open var standardWidget: any Widget { InputWidget("email") }
}

/// A colour, `#ff0000`.
open class ColorField: StringField {
    override open var type: String { "ColorField" }
    override open var standardWidget: any Widget { InputWidget("color", flags: ["disabled"]) }
}
