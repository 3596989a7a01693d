/// A form that shows and changes a value of the program: one list of pairs serves both ways.
///
/// ```swift
/// final class ProfileForm: Form, ModelForm {
///     let name = StringField("Real name", validators: [.length(0...64)])
///     let location = StringField("Location", validators: [.length(0...64)])
///
///     func bind(_ user: inout ModelBinding<User>) {
///         user.bind(name, \.name)
///         user.bind(location, \.location)
///     }
/// }
/// ```
public protocol ModelForm<Model>: Form {
    associatedtype Model
    /// Names the member of the value that each field shows.
    func bind(_ model: inout ModelBinding<Model>)
}

extension ModelForm {
    /// The values of a model by the names of the fields, to fill the form with.
    public func values(of model: Model) -> [String: FieldValue] {
        var binding = ModelBinding(model: model, isWriting: false)
        bind(&binding)
        return binding.values
    }

    /// Fills the form from a model and, where the client sent something, from that.
    public func process(_ input: FormInput?, from model: Model) {
        process(input, values: values(of: model))
    }

    /// Writes the fields into a model.
    public func populate(_ model: inout Model) {
        var binding = ModelBinding(model: model, isWriting: true)
        bind(&binding)
        model = binding.model
    }
}

/// The pairs of fields and members, on the way in or out.
public struct ModelBinding<Model> {
    var model: Model
    let isWriting: Bool
    var values: [String: FieldValue] = [:]

    init(model: Model, isWriting: Bool) {
        self.model = model
        self.isWriting = isWriting
    }

    /// A member of the same type as the field's value.
    public mutating func bind<F: ValueField>(_ field: F, _ member: WritableKeyPath<Model, F.Value>)
    where F.Value: FieldConvertible {
        if isWriting { model[keyPath: member] = field.value } else { fill(field, model[keyPath: member]) }
    }

    /// An optional member for a field that always has a value. Nil is shown as empty; an empty text is written as it
    /// is.
    public mutating func bind<F: ValueField>(_ field: F, _ member: WritableKeyPath<Model, F.Value?>)
    where F.Value: FieldConvertible {
        if isWriting { model[keyPath: member] = field.value } else { fill(field, model[keyPath: member]) }
    }

    /// A member that must have a value, for a field that may have none: without one the member stays as it is.
    public mutating func bind<F: ValueField, Value: FieldConvertible>(
        _ field: F, _ member: WritableKeyPath<Model, Value>
    ) where F.Value == Value? {
        guard isWriting else { return fill(field, model[keyPath: member]) }
        if let value = field.value { model[keyPath: member] = value }
    }

    private mutating func fill(_ field: Field, _ value: some FieldConvertible) {
        values[field.shortName] = value.fieldValue
    }
}
