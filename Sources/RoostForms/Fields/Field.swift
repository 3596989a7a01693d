public import RoostMarkup

/// A field of a form: where its value comes from, what is wrong with it, and how it looks.
///
/// Fields are constants of a `Form`; the form names them after their properties and fills them in. Own kinds of fields
/// override `data`, `processData`, `processInput` and `inputValue`.
open class Field {
    /// The name of the HTML element, with the prefix of the form.
    public internal(set) var name = ""
    /// The name within the form: the property's in snake case, unless given.
    public internal(set) var shortName = ""
    /// The id of the HTML element.
    public internal(set) var id = ""
    public var label: Label
    /// Help for who fills the field in.
    public var description: String
    public var validators: [Validator]
    /// What validators say about the element: `required`, `maxlength`, …
    public var flags: HTMLAttributes = [:]
    /// Attributes of the element, unless the template gives others.
    public var attributes: HTMLAttributes
    /// What is wrong, after `validate`.
    public var errors: [String] = []
    /// What was wrong with the input itself: no number, no date.
    public internal(set) var processErrors: [String] = []
    /// What the client sent; nil when there was no form, empty when this field was missing.
    public var rawData: [String]?
    /// The value before the input: the default, or the one that the form was filled from.
    public internal(set) var objectData = FieldValue.none
    /// The message for input that is no value of this field, instead of the usual one.
    public var invalidValueMessage: String?
    /// The widget that renders the field, instead of its usual one.
    public var customWidget: (any Widget)?
    /// The value of a field that nothing else fills.
    public var initialData: () -> FieldValue = { .none }
    /// The form that holds the field.
    public internal(set) weak var owner: Form?

    let givenName: String?
    let givenID: String?
    let hasOwnLabel: Bool

    /// Makes a field.
    /// - Parameters:
    ///   - label: the text beside the field; without one it is made of the name.
    ///   - validators: run in this order.
    ///   - description: help for who fills it in.
    ///   - id: the element's id; without one it is the name.
    ///   - name: the name in the form, instead of the property's.
    ///   - attributes: attributes of the element.
    public init(
        _ label: String? = nil, validators: [Validator] = [], description: String = "", id: String? = nil,
        name: String? = nil, attributes: HTMLAttributes = [:]
    ) {
        self.label = Label(fieldID: nil, text: label ?? "")
        self.validators = validators
        self.description = description
        self.attributes = attributes
        givenName = name
        givenID = id
        hasOwnLabel = label != nil
    }

    // MARK: What kinds of fields differ in

    /// The name of the kind, as templates compare it: `StringField`.
    open var type: String { "Field" }

    /// The value.
    open var data: FieldValue { .none }

    /// What the `value` attribute shows.
    open var inputValue: String { data.isNone ? "" : data.description }

    /// The usual widget.
    open var standardWidget: any Widget { InputWidget("text") }

    /// Takes a value of the program. What it throws is an error of the field.
    open func processData(_ data: FieldValue) throws(ValidationError) {}

    /// Takes what the client sent; empty when the field was missing.
    open func processInput(_ values: [String]) throws(ValidationError) {}

    /// Filters the value that was read.
    open func runFilters() throws(ValidationError) {}

    /// Checks before the validators. Throws `ValidationError`, or `StopValidation` to skip them.
    open func preValidate(_ form: Form) throws {}

    /// Whether a checkbox or a radio button is set.
    open var isChecked: Bool { data.isTrue }

    /// Whether the field is an `<input type="hidden">`.
    open var isHidden: Bool { false }

    /// The choices as options.
    open var options: [FieldOption] { [] }

    /// What is wrong, with what is wrong inside.
    open var errorTree: FieldErrors { .messages(errors) }

    /// The fields within this one.
    open var subfields: [Field] { [] }

    /// What the form tells a field when it takes it in.
    open func bind(to form: Form, name: String, prefix: String) {
        owner = form
        shortName = givenName ?? name
        self.name = prefix + shortName
        id = givenID ?? self.name
        label.fieldID = id
        if !hasOwnLabel { label.text = form.translate(Self.title(shortName)) }
        for validator in validators {
            for (name, value) in validator.flags.all { flags[name] = value }
        }
    }

    /// Fills the field: with `data` or the default, then with what the client sent.
    open func process(_ input: FormInput?, data: FieldValue?) {
        processErrors = []
        objectData = data ?? initialData()
        collect { () throws(ValidationError) in try processData(objectData) }
        if let input {
            let values = input.values(name)
            rawData = values
            collect { () throws(ValidationError) in try processInput(values) }
        }
        collect { () throws(ValidationError) in try runFilters() }
    }

    /// Runs all checks of the field. Errors that are neither `ValidationError` nor `StopValidation` come through.
    open func validate(_ form: Form) throws -> Bool {
        errors = processErrors
        var goesOn = try run { try preValidate(form) }
        for validator in validators where goesOn { goesOn = try run { try validator.check(form, self) } }
        if goesOn { _ = try run { try form.check(self) } }
        return errors.isEmpty
    }

    /// Runs one check and keeps its message; false when the checks are to stop.
    final func run(_ check: () throws -> Void) throws -> Bool {
        do {
            try check()
        } catch let error as ValidationError {
            errors.append(error.message)
        } catch let stop as StopValidation {
            if let message = stop.message, !message.isEmpty { errors.append(message) }
            return false
        }
        return true
    }

    final func collect(_ step: () throws(ValidationError) -> Void) {
        do { try step() } catch { processErrors.append(error.message) }
    }

    /// A message of the library in the form's language.
    public final func translate(_ message: String) -> String { owner?.translate(message) ?? message }

    func invalidValue(_ message: String) -> ValidationError {
        ValidationError(invalidValueMessage ?? translate(message))
    }

    /// Gives the element another name and id: entries of a list are numbered anew.
    func rename(_ name: String, id: String) {
        if label.fieldID == self.id { label.fieldID = id }
        self.name = name
        self.id = id
    }

    /// `about_me` is `About Me`: each word with one capital, as Python's `title` writes it.
    private static func title(_ name: String) -> String {
        var title = ""
        var isInWord = false
        for scalar in name.unicodeScalars {
            let letter = scalar == "_" ? " " : scalar
            title += isInWord ? letter.properties.lowercaseMapping : letter.properties.titlecaseMapping
            isInWord = letter.properties.isAlphabetic
        }
        return title
    }
}

extension Field {
    /// The HTML of the field. `attributes` win over the field's own.
    public func html(_ attributes: HTMLAttributes = [:]) -> SafeHTML {
        let all = self.attributes.isEmpty ? attributes : self.attributes.merging(attributes)
        return (customWidget ?? standardWidget).html(self, all)
    }

    /// Renders the field with another widget than usual.
    public func widget(_ widget: some Widget) -> Self {
        customWidget = widget
        return self
    }

    /// Uses another message for input that is no value of this field.
    public func invalidValueMessage(_ message: String) -> Self {
        invalidValueMessage = message
        return self
    }
}

/// A field with a value of one type.
public protocol ValueField<Value>: Field {
    associatedtype Value
    /// The value.
    var value: Value { get set }
}

extension ValueField where Value: FieldConvertible {
    /// Gives the field a value that it has before anything else fills it: `IntegerField("Copies").default(1)`.
    public func `default`(_ value: @autoclosure @escaping () -> Value) -> Self {
        initialData = { value().fieldValue }
        return self
    }
}
