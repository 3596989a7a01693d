extension Validator {
    /// The field has a value that is true as Python sees it: not empty, not zero, not only white space. Otherwise the
    /// message is the field's only error and its checks end.
    public static func dataRequired(_ message: String? = nil) -> Validator {
        Validator(flags: ["required": true]) { _, field in
            let data = field.data
            if data.isTrue, data.text.map(NumberText.isBlank) != true { return }
            field.errors = []
            throw StopValidation(message ?? field.translate("This field is required."))
        }
    }

    /// Something was sent for the field, whatever it means: `0` will do for a number.
    public static func inputRequired(_ message: String? = nil) -> Validator {
        Validator(flags: ["required": true]) { _, field in
            if let first = field.rawData?.first, !first.isEmpty { return }
            field.errors = []
            throw StopValidation(message ?? field.translate("This field is required."))
        }
    }

    /// Nothing need be sent: an empty field has no errors and its checks end.
    /// - Parameter stripsWhitespace: whether white space alone is nothing too.
    public static func optional(stripsWhitespace: Bool = true) -> Validator {
        Validator(flags: ["optional": true]) { _, field in
            if let first = field.rawData?.first {
                let isEmpty = stripsWhitespace ? NumberText.isBlank(first) : first.isEmpty
                guard isEmpty else { return }
            }
            field.errors = []
            throw StopValidation()
        }
    }

    /// Nothing was sent: the element is shown and cannot be changed or sent.
    public static func disabled() -> Validator {
        Validator(flags: ["disabled": true]) { _, field in
            guard let rawData = field.rawData, !rawData.isEmpty else { return }
            throw ValidationError(field.translate("This field is disabled and cannot have a value."))
        }
    }

    /// What was sent is what the form was filled with.
    public static func readOnly() -> Validator {
        Validator(flags: ["readonly": true]) { _, field in
            guard field.data != field.objectData else { return }
            throw ValidationError(field.translate("This field cannot be edited."))
        }
    }
}
