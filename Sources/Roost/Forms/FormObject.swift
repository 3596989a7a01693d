public import RoostForms
public import RoostTemplates

extension Form: TemplateConvertible {
    /// The form as templates see it: `{{ form.hidden_tag() }} {{ form.name.label }} {{ form.name(class="wide") }}`.
    public var templateValue: TemplateValue { .object(FormObject(form: self)) }
}

extension Field: TemplateConvertible {
    /// The field as templates see it.
    public var templateValue: TemplateValue { .object(FieldObject(field: self)) }
}

/// What WTForms gives to templates of a form.
struct FormObject: TemplateObject {
    let form: Form

    var templateTypeName: String { "Form" }
    var templateItems: [TemplateValue]? { form.fields.map(\.templateValue) }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "errors": FormTemplateValue.of(form.errors)
        case "form_errors": form.formErrors.templateValue
        case "data": FormTemplateValue.of(.fields(form.data))
        case "hidden_tag":
            .function(TemplateFunction("hidden_tag") { call in .safe(try hiddenTag(call)) })
        default: form[name]?.templateValue
        }
    }

    func element(_ key: TemplateValue) -> TemplateValue? { key.stringValue.flatMap { form[$0]?.templateValue } }

    /// All hidden fields, or those that are named or given.
    private func hiddenTag(_ call: TemplateCall) throws -> SafeHTML {
        if call.positional.isEmpty { return form.hiddenTag() }
        let fields = call.positional.compactMap { argument -> Field? in
            if case .object(let object) = argument { return (object as? FieldObject)?.field }
            return argument.stringValue.flatMap { form[$0] }
        }
        return SafeHTML(trusted: fields.filter(\.isHidden).map { $0.html().text }.joined(separator: "\n"))
    }
}

/// What WTForms gives to templates of a field.
struct FieldObject: TemplateObject {
    let field: Field

    var templateTypeName: String { field.type }
    var templateHTML: SafeHTML? { field.html() }
    var templateText: String { field.html().text }
    var templateItems: [TemplateValue]? { field.subfields.isEmpty ? nil : field.subfields.map(\.templateValue) }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "name": .string(field.name)
        case "short_name": .string(field.shortName)
        case "id": .string(field.id)
        case "type": .string(field.type)
        case "description": .string(field.description)
        case "label": .object(LabelObject(label: field.label))
        case "errors": FormTemplateValue.of(field.errorTree)
        case "process_errors": field.processErrors.templateValue
        case "data": FormTemplateValue.of(field.data)
        case "object_data": FormTemplateValue.of(field.objectData)
        case "raw_data": field.rawData?.templateValue ?? TemplateValue.none
        case "flags": .object(FlagsObject(flags: field.flags))
        case "entries": .array(field.subfields.map(\.templateValue))
        case "choices": .array(field.options.map { .tuple(of: .string($0.value), .string($0.label)) })
        case "checked": .bool(field.isChecked)
        default: inner(name)
        }
    }

    /// The fields of an enclosed form.
    private func inner(_ name: String) -> TemplateValue? {
        guard field.type == "FormField" else { return nil }
        return field.subfields.first { $0.shortName == name }?.templateValue
    }

    func element(_ key: TemplateValue) -> TemplateValue? { key.stringValue.flatMap(inner) }

    /// `field(class="wide", rows=5)`.
    func call(_ call: TemplateCall) throws -> TemplateValue {
        guard call.positional.isEmpty else { throw TemplateError("a field takes attributes by name only") }
        return .safe(field.html(try FormTemplateValue.attributes(call.keywords)))
    }
}

/// `{{ field.label }}`, `{{ field.label("Another text", class="bold") }}`, `{{ field.label.text }}`.
struct LabelObject: TemplateObject {
    let label: Label

    var templateTypeName: String { "Label" }
    var templateHTML: SafeHTML? { label.html() }
    var templateText: String { label.html().text }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "text": .string(label.text)
        case "field_id": label.fieldID?.templateValue ?? .bool(false)
        default: nil
        }
    }

    func call(_ call: TemplateCall) throws -> TemplateValue {
        let attributes = try FormTemplateValue.attributes(call.keywords.filter { $0.name != "text" })
        let text = call.argument(0, "text").flatMap(\.stringValue)
        return .safe(label.html(text.flatMap { $0.isEmpty ? nil : $0 }, attributes))
    }
}

/// `{% if field.flags.required %}`: a flag that is not set is `None`.
private struct FlagsObject: TemplateObject {
    let flags: HTMLAttributes

    var templateTypeName: String { "Flags" }

    func member(_ name: String) -> TemplateValue? {
        switch flags[name] {
        case nil: TemplateValue.none
        case .flag(let flag): .bool(flag)
        case .text(let text): .string(text)
        case .html(let html): .safe(html)
        case .value(let value): FormTemplateValue.of(value)
        }
    }
}

/// Values of forms as templates see them, and the other way round.
enum FormTemplateValue {
    static func of(_ value: FieldValue) -> TemplateValue {
        switch value {
        case .none: TemplateValue.none
        case .bool(let flag): .bool(flag)
        case .integer(let number): .int(number)
        case .float(let number): .float(number)
        case .text(let text): .string(text)
        case .decimal, .date, .time, .dateTime: .string(value.description)
        case .list(let items): .array(items.map(of))
        case .fields(let members): dictionary(members.map { ($0.name, of($0.value)) })
        }
    }

    static func of(_ errors: FieldErrors) -> TemplateValue {
        switch errors {
        case .messages(let messages): messages.templateValue
        case .fields(let fields): of(fields)
        case .entries(let entries): .array(entries.map(of))
        }
    }

    static func of(_ errors: [NamedErrors]) -> TemplateValue { dictionary(errors.map { ($0.name, of($0.errors)) }) }

    /// The keyword arguments of a call as attributes.
    static func attributes(_ keywords: [(name: String, value: TemplateValue)]) throws -> HTMLAttributes {
        var attributes: HTMLAttributes = [:]
        for (name, value) in keywords {
            switch value {
            case .bool(let flag): attributes[name] = .flag(flag)
            case .safe(let html): attributes[name] = .html(html)
            default: attributes[name] = .text(try value.text())
            }
        }
        return attributes
    }

    private static func dictionary(_ members: [(String, TemplateValue)]) -> TemplateValue {
        let dictionary = TemplateDictionary()
        for (name, value) in members { dictionary[name] = value }
        return .dict(dictionary)
    }
}
