/// A form within a form: its fields are named `address-street`.
open class FormField<Inner: Form>: Field {
    /// The enclosed form.
    public let form: Inner

    /// - Parameters:
    ///   - form: makes the enclosed form.
    ///   - label: the text beside it.
    /// Validators stand in the enclosed form.
    public init(_ form: @autoclosure () -> Inner, _ label: String? = nil, description: String = "", name: String? = nil)
    {
        self.form = form()
        super.init(label, description: description, name: name)
    }

    override open var type: String { "FormField" }
    override open var data: FieldValue { .fields(form.data) }
    override open var standardWidget: any Widget { TableWidget() }
    override open var subfields: [Field] { form.fields }
    override open var errorTree: FieldErrors { .fields(form.errors) }

    override open func bind(to owner: Form, name: String, prefix: String) {
        super.bind(to: owner, name: name, prefix: prefix)
        form.translate = { [weak owner] in owner?.translate($0) ?? $0 }
        form.bind(prefix: self.name + "-")
    }

    override open func process(_ input: FormInput?, data: FieldValue?) {
        let data = data ?? initialData()
        objectData = data
        guard case .fields(let members) = data else { return form.process(input) }
        form.process(input, values: Dictionary(members.map { ($0.name, $0.value) }) { $1 })
    }

    override open func validate(_ owner: Form) throws -> Bool {
        let isValid = try form.validate()
        errors = errorTree.messages
        return isValid
    }

    override func rename(_ name: String, id: String) {
        let old = self.name
        super.rename(name, id: id)
        for field in form.fields { field.rename(field.name, from: old, to: name) }
    }
}

extension Field {
    /// Replaces the beginning of name and id.
    func rename(_ whole: String, from old: String, to new: String) {
        guard whole.hasPrefix(old) else { return }
        let newID = id.hasPrefix(old) ? new + id.dropFirst(old.count) : id
        rename(new + whole.dropFirst(old.count), id: newID)
    }
}
