/// Any number of several choices.
open class SelectMultipleField<Item: ChoiceValue>: Field, ValueField {
    /// The chosen values, in the order they were sent.
    public var value: [Item] = []
    /// What may be chosen. It must be set before `validate`; nil is a mistake of the program.
    public var choices: [Choice<Item>]?
    /// Whether the values must be among the choices.
    public var validatesChoice = true
    /// The message for values that are not among the choices; `%(value)s` is replaced by them.
    public var invalidChoiceMessage: String?
    private var isMissing = true

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

    override open var type: String { "SelectMultipleField" }
    override open var data: FieldValue { isMissing && value.isEmpty ? .none : value.fieldValue }
    override open var standardWidget: any Widget { SelectWidget(multiple: true) }

    override open var options: [FieldOption] {
        (choices ?? []).map { choice in
            FieldOption(
                value: choice.value.choiceText, label: choice.label, isSelected: value.contains(choice.value),
                attributes: choice.attributes, group: choice.group)
        }
    }

    override open func processData(_ data: FieldValue) throws(ValidationError) {
        guard case .list(let items) = data else {
            (value, isMissing) = ([], true)
            return
        }
        let values = items.compactMap { Item(choiceText: $0.description) }
        (value, isMissing) = values.count == items.count ? (values, false) : ([], true)
    }

    override open func processInput(_ values: [String]) throws(ValidationError) {
        let read = values.compactMap { Item(choiceText: $0) }
        guard read.count == values.count else {
            throw invalidValue("Invalid choice(s): one or more data inputs could not be coerced.")
        }
        (value, isMissing) = (read, false)
    }

    override open func preValidate(_ form: Form) throws {
        guard processErrors.isEmpty, validatesChoice, !value.isEmpty else { return }
        guard let choices else { throw FormError("the choices of the field \"\(name)\" were never set") }
        var unknown: [String] = []
        for item in value where !choices.contains(where: { $0.value == item }) {
            if !unknown.contains(item.choiceText) { unknown.append(item.choiceText) }
        }
        guard !unknown.isEmpty else { return }
        let usual =
            unknown.count == 1
            ? "'%(value)s' is not a valid choice for this field." : "'%(value)s' are not valid choices for this field."
        throw ValidationError(
            MessageText.fill(invalidChoiceMessage ?? translate(usual), ["value": unknown.joined(separator: "', '")]))
    }
}
