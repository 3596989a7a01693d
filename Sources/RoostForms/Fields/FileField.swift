public import RoostHTTP

/// A file. The form must be sent as `multipart/form-data`.
open class FileField: Field, ValueField {
    /// The file; nil when none was chosen.
    public var value: UploadedFile?

    override open var type: String { "FileField" }
    override open var data: FieldValue { value.map { .text($0.filename) } ?? .none }

    override open var standardWidget: any Widget { Self.widget }

    override open func process(_ input: FormInput?, data: FieldValue?) {
        value = input.flatMap { $0.files(name).first { !$0.filename.isEmpty } }
        rawData = input == nil ? nil : value.map { [$0.filename] } ?? []
    }

    static var widget: InputWidget {
        var widget = InputWidget("file", flags: ["required", "disabled", "accept"])
        widget.value = .none
        return widget
    }

    /// The files of a file field of any kind; nil for other fields.
    static func files(of field: Field) -> [UploadedFile]? {
        if let field = field as? FileField { return field.value.map { [$0] } ?? [] }
        return (field as? MultipleFileField)?.value
    }
}

/// Any number of files.
open class MultipleFileField: Field, ValueField {
    public var value: [UploadedFile] = []

    override open var type: String { "MultipleFileField" }
    override open var data: FieldValue { value.isEmpty ? .none : .list(value.map { .text($0.filename) }) }

    override open var standardWidget: any Widget {
        var widget = FileField.widget
        widget.fixed = ["multiple": true]
        return widget
    }

    override open func process(_ input: FormInput?, data: FieldValue?) {
        value = input?.files(name).filter { !$0.filename.isEmpty } ?? []
        rawData = input == nil ? nil : value.map(\.filename)
    }
}
