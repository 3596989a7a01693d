extension Validator {
    /// The field has the value of another one: a password typed twice.
    /// - Parameters:
    ///   - name: the name of the other field in the form.
    ///   - message: `%(other_name)s` and `%(other_label)s` stand for its name and label.
    public static func equalTo(_ name: String, _ message: String? = nil) -> Validator {
        Validator { form, field in
            guard let other = form[name] else {
                throw ValidationError(
                    field.translate("Invalid field name '%s'.").replacing("%s", with: name))
            }
            guard field.data != other.data else { return }
            let label = other.label.text.isEmpty ? name : other.label.text
            throw ValidationError(
                MessageText.fill(
                    message ?? field.translate("Field must be equal to %(other_name)s."),
                    ["other_name": name, "other_label": label]))
        }
    }

    /// The value, or one of a list, is among these.
    /// - Parameter message: `%(values)s` stands for them.
    public static func anyOf(_ values: [FieldValue], _ message: String? = nil) -> Validator {
        Validator { _, field in
            if elements(of: field).contains(where: values.contains) { return }
            throw refusal(field, message ?? field.translate("Invalid value, must be one of: %(values)s."), values)
        }
    }

    /// The value, and each of a list, is not among these.
    /// - Parameter message: `%(values)s` stands for them.
    public static func noneOf(_ values: [FieldValue], _ message: String? = nil) -> Validator {
        Validator { _, field in
            if !elements(of: field).contains(where: values.contains) { return }
            throw refusal(field, message ?? field.translate("Invalid value, can't be any of: %(values)s."), values)
        }
    }

    private static func elements(of field: Field) -> [FieldValue] {
        if case .list(let items) = field.data { items } else { [field.data] }
    }

    private static func refusal(_ field: Field, _ message: String, _ values: [FieldValue]) -> ValidationError {
        ValidationError(
            MessageText.fill(message, ["values": values.map(\.description).joined(separator: ", ")]))
    }
}
