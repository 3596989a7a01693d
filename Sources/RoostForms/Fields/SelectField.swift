/// One choice of several.
open class SelectField<Item: ChoiceValue>: Field, ValueField {
    /// The value that is chosen; nil when none is.
    public var value: Item?
    /// What may be chosen. It must be set before `validate`; nil is a mistake of the program.
    public var choices: [Choice<Item>]?
    /// Whether the value must be one of the choices.
    public var validatesChoice = true
    /// The message for a value that is not one of the choices, instead of the usual one.
    public var invalidChoiceMessage: String?

    /// - Parameter choices: what may be chosen; it can be set later, when it comes from a database.
    /// The others are as for every field.
    public init(
        _ label: String? = nil, choices: [Choice<Item>]? = nil, validators: [Validator] = [],
        description: String = "", id: String? = nil, name: String? = nil, attributes: HTMLAttributes = [:]
    ) {
        self.choices = choices
        super.init(
            label, validators: validators, description: description, id: id, name: name, attributes: attributes)
    }

    /// Uses another message for a value that is not one of the choices.
    public func invalidChoiceMessage(_ message: String) -> Self {
        invalidChoiceMessage = message
        return self
    }

    override open var type: String { "SelectField" }
    override open var data: FieldValue { value.fieldValue }
    override open var standardWidget: any Widget { SelectWidget() }

    func isSelected(_ choice: Choice<Item>) -> Bool { choice.value == value }

    override open var options: [FieldOption] {
        (choices ?? []).map { choice in
            FieldOption(
                value: choice.value.choiceText, label: choice.label, isSelected: isSelected(choice),
                attributes: choice.attributes, group: choice.group)
        }
    }

    override open func processData(_ data: FieldValue) throws(ValidationError) {
        value = data.isNone ? nil : Item(choiceText: data.description)
    }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        guard let first = values.first else { return }
        guard let value = Item(choiceText: first) else { throw invalidValue("Invalid Choice: could not coerce.") }
        self.value = value
    }

    override open func preValidate(_ form: Form) throws {
        guard processErrors.isEmpty, validatesChoice else { return }
        guard try knownChoices().contains(where: isSelected) else {
            throw ValidationError(invalidChoiceMessage ?? translate("Not a valid choice."))
        }
    }

    func knownChoices() throws -> [Choice<Item>] {
        guard let choices else { throw FormError("the choices of the field \"\(name)\" were never set") }
        return choices
    }
}

/// One choice of several, as radio buttons.
open class RadioField<Item: ChoiceValue>: SelectField<Item> {
    override open var type: String { "RadioField" }
    override open var standardWidget: any Widget { ListWidget(labelComesFirst: false) }

    override open func bind(to form: Form, name: String, prefix: String) {
        super.bind(to: form, name: name, prefix: prefix)
        label.fieldID = nil
    }

    /// The buttons, each with its label.
    override open var subfields: [Field] {
        options.enumerated().map { RadioButton(of: self, $1, index: $0) }
    }
}

/// One button of a radio field.
final class RadioButton: Field {
    private let option: FieldOption

    init(of field: Field, _ option: FieldOption, index: Int) {
        self.option = option
        super.init(option.label, attributes: field.attributes)
        name = field.name
        shortName = field.shortName
        id = "\(field.id)-\(index)"
        label.fieldID = id
        flags = field.flags
    }

    override var type: String { "_Option" }
    override var data: FieldValue { .text(option.value) }
    override var isChecked: Bool { option.isSelected }

    override var standardWidget: any Widget {
        var widget = InputWidget("radio", flags: ["required", "disabled"])
        widget.isCheckable = true
        return widget
    }
}
