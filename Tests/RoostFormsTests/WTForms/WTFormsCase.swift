import Glibc
import RoostForms
import RoostHTTP

/// One case of `Tests/WTForms/expected.json`: a field as the file describes it, and what the real WTForms made of it.
struct WTFormsCase {
    let json: JSONValue
    private let held = FormHolder()

    init(_ json: JSONValue) { self.json = json }

    static func all() throws -> [WTFormsCase] {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = getenv("ROOST_WTFORMS_CASES").map { String(cString: $0) } ?? "/\(tests)/WTForms/expected.json"
        let bytes = try read(path)
        return try (JSONValue(parsing: bytes).array ?? []).map(WTFormsCase.init)
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw FormError("cannot read \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    var kind: String { json["kind"]?.string ?? "" }

    /// The form with the field `some_field`, filled and checked.
    func run() throws -> Field {
        let form = CaseForm(try field())
        let prefix = json["prefix"]?.string ?? ""
        form.bind(prefix: prefix)
        var input: FormInput?
        if let values = json["values"]?.array {
            var sent = FormInput()
            for value in values { sent.append(form.field.name, value.string ?? "") }
            sent.append(form.other.name, json["other"]?.string ?? "x")
            input = sent
        }
        form.process(input)
        _ = try form.validate()
        held.append(form)
        return form.field
    }

    private func field() throws -> Field {
        let label = json["label"]?.string
        let validators = try (json["validators"]?.array ?? []).map(CaseValidator.make)
        let attributes = Self.attributes(json["render_kw"])
        let field: Field =
            switch kind {
            case "StringField": StringField(label, validators: validators, attributes: attributes)
            case "TextAreaField": TextAreaField(label, validators: validators, attributes: attributes)
            case "PasswordField": PasswordField(label, validators: validators, attributes: attributes)
            case "HiddenField": HiddenField(label, validators: validators, attributes: attributes)
            case "SearchField": SearchField(label, validators: validators, attributes: attributes)
            case "TelField": TelField(label, validators: validators, attributes: attributes)
            case "URLField": URLField(label, validators: validators, attributes: attributes)
            case "EmailField": EmailField(label, validators: validators, attributes: attributes)
            case "ColorField": ColorField(label, validators: validators, attributes: attributes)
            case "BooleanField": BooleanField(label, validators: validators)
            case "SubmitField": SubmitField(label, validators: validators)
            case "IntegerField": IntegerField(label, validators: validators)
            case "IntegerRangeField": IntegerRangeField(label, validators: validators)
            case "FloatField": FloatField(label, validators: validators)
            case "DecimalField", "DecimalRangeField": decimal(label, validators)
            case "SelectField": try choice(SelectField<String>.self, SelectField<Int>.self, label, validators)
            case "RadioField": try choice(RadioField<String>.self, RadioField<Int>.self, label, validators)
            case "SelectMultipleField": try multiple(label, validators)
            default: try moment(label, validators)
            }
        if let value = json["default"] {
            let data = CaseValidator.value(value)
            field.initialData = { data }
        }
        return field
    }

    private func decimal(_ label: String?, _ validators: [Validator]) -> Field {
        let field =
            kind == "DecimalField"
            ? DecimalField(label, validators: validators) : DecimalRangeField(label, validators: validators)
        return json["places"].map { field.places($0.int) } ?? field
    }

    private func moment(_ label: String?, _ validators: [Validator]) throws -> Field {
        let field: MomentField =
            switch kind {
            case "DateTimeField": DateTimeField(label, validators: validators)
            case "DateTimeLocalField": DateTimeLocalField(label, validators: validators)
            case "DateField": DateField(label, validators: validators)
            case "MonthField": MonthField(label, validators: validators)
            case "WeekField": WeekField(label, validators: validators)
            case "TimeField": TimeField(label, validators: validators)
            default: throw FormError("no such kind of field: \(kind)")
            }
        if let formats = json["formats"]?.array { field.formats = formats.map { DateFormat($0.string ?? "") } }
        return field
    }

    private func choice<Text: SelectField<String>, Number: SelectField<Int>>(
        _ text: Text.Type, _ number: Number.Type, _ label: String?, _ validators: [Validator]
    ) throws -> Field {
        if json["coerce"] != nil {
            let choices = numbers()
            return number == RadioField<Int>.self
                ? RadioField(label, choices: choices, validators: validators)
                : SelectField(label, choices: choices, validators: validators)
        }
        return text == RadioField<String>.self
            ? RadioField(label, choices: texts(), validators: validators)
            : SelectField(label, choices: texts(), validators: validators)
    }

    private func multiple(_ label: String?, _ validators: [Validator]) throws -> Field {
        json["coerce"] != nil
            ? SelectMultipleField(label, choices: numbers(), validators: validators)
            : SelectMultipleField(label, choices: texts(), validators: validators)
    }

    private func texts() -> [Choice<String>] {
        (json["choices"]?.array ?? []).map { Choice($0[0]?.string ?? "", $0[1]?.string, group: $0[2]?.string) }
    }

    private func numbers() -> [Choice<Int>] {
        (json["choices"]?.array ?? []).map { Choice($0[0]?.int ?? 0, $0[1]?.string) }
    }

    static func attributes(_ json: JSONValue?) -> HTMLAttributes {
        var attributes: HTMLAttributes = [:]
        for (name, value) in json?.object ?? JSONObject() {
            switch value {
            case .bool(let flag): attributes[name] = .flag(flag)
            case .int(let number): attributes[name] = .value(.integer(number))
            default: attributes[name] = .text(value.string ?? "")
            }
        }
        return attributes
    }
}

/// Fields know their form weakly: the forms of the cases stay alive here until the test has looked at them.
final class FormHolder {
    var form: Form?
    func append(_ form: Form) { self.form = form }
}

final class CaseForm: Form {
    let field: Field
    let other = StringField("The other")

    init(_ field: Field) {
        self.field = field
        super.init()
    }

    override var fieldList: [(name: String, field: Field)] { [("some_field", field), ("other", other)] }
}
