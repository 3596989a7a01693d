public import RoostMarkup

/// A form: fields as constants of a class.
///
/// ```swift
/// final class LoginForm: Form {
///     let email = StringField("Email", validators: [.dataRequired(), .length(1...64), .email()])
///     let password = PasswordField("Password", validators: [.dataRequired()])
///     let rememberMe = BooleanField("Keep me logged in")
///     let submit = SubmitField("Log In")
/// }
/// ```
///
/// In the page the fields are named `email`, `password`, `remember_me` and `submit`.
open class Form {
    /// The fields, in the order they stand in the class; the token that protects the form comes last.
    public private(set) var fields: [Field] = []
    /// Errors that belong to no field.
    public var formErrors: [String] = []
    /// Whether a client sent the form.
    public var isSubmitted = false
    /// Turns the library's messages into the language of the reader.
    public var translate: (String) -> String = { $0 }
    /// What stands before the name of each field in the page.
    public private(set) var prefix = ""

    /// Makes an empty form with the default values of its fields.
    public init() {
        bind(prefix: "")
        process(nil)
    }

    /// The fields with their names. The usual implementation finds the constants of the class by reflection, about a
    /// microsecond for each; a form that must be faster lists them:
    ///
    /// ```swift
    /// override var fieldList: [(name: String, field: Field)] { [("email", email), ("password", password)] }
    /// ```
    open var fieldList: [(name: String, field: Field)] {
        var mirrors = [Mirror(reflecting: self)]
        while let parent = mirrors[0].superclassMirror { mirrors.insert(parent, at: 0) }
        return mirrors.flatMap(\.children).compactMap { child in
            guard let name = child.label, let field = child.value as? Field else { return nil }
            return (FieldName.snakeCase(name), field)
        }
    }

    /// Whether the form carries a token against forgery; false for a form that changes nothing, such as a search.
    open var isProtected: Bool { true }

    /// The last check of each field, for what only the program knows; it runs unless a check before it has stopped the
    /// field. It may ask the database.
    ///
    /// ```swift
    /// override func check(_ field: Field) throws {
    ///     if field === email, try users.exists(email: email.value) {
    ///         throw ValidationError("Email already registered.")
    ///     }
    /// }
    /// ```
    open func check(_ field: Field) throws {}

    /// A check of the whole form, when all fields are right. A `ValidationError` goes to `formErrors`.
    open func check() throws {}

    /// The field with a name.
    public subscript(name: String) -> Field? { fields.first { $0.shortName == name } }

    /// Puts a prefix before the names of all fields, so that one page can hold several forms: `profile` makes
    /// `profile-email`. It must be called before the form is filled.
    public final func bind(prefix: String) {
        let needsDash = prefix.utf8.last.map { !"-_;:/.".utf8.contains($0) } ?? false
        self.prefix = needsDash ? prefix + "-" : prefix
        let list = fieldList
        fields = list.map(\.field)
        for (name, field) in list { field.bind(to: self, name: name, prefix: self.prefix) }
    }

    /// Fills the form.
    /// - Parameters:
    ///   - input: what the client sent; nil when it sent no form.
    ///   - values: values by the names of the fields, where they are not to have their defaults.
    ///   - protection: how the form proves that it was made for its sender; nil leaves it unprotected.
    /// - Throws: what making the token throws.
    public final func process(
        _ input: FormInput?, values: [String: FieldValue] = [:], protection: FormProtection
    ) throws {
        let token = TokenField(protection)
        try token.makeToken()
        fields.removeAll { $0 is TokenField }
        token.bind(to: self, name: protection.fieldName, prefix: prefix)
        fields.append(token)
        process(input, values: values)
    }

    /// Fills the form, without protection when it has none yet.
    public final func process(_ input: FormInput?, values: [String: FieldValue] = [:]) {
        isSubmitted = input != nil
        for field in fields { field.process(input, data: values[field.shortName]) }
    }

    /// Checks all fields, whatever goes wrong in one of them; then the form.
    /// - Throws: what a check throws that is no `ValidationError`, such as an error of the database.
    public final func validate() throws -> Bool {
        formErrors = []
        var isValid = true
        for field in fields where try !field.validate(self) { isValid = false }
        guard isValid else { return false }
        do {
            try check()
        } catch let error as ValidationError {
            formErrors.append(error.message)
        }
        return formErrors.isEmpty
    }

    /// Whether the form was sent and everything in it is right.
    public final func validateOnSubmit() throws -> Bool { try isSubmitted && validate() }

    /// The fields that have errors; those of the form have the name "".
    public var errors: [NamedErrors] {
        var errors = fields.map { NamedErrors(name: $0.shortName, errors: $0.errorTree) }.filter { !$0.errors.isEmpty }
        if !formErrors.isEmpty { errors.append(NamedErrors(name: "", errors: .messages(formErrors))) }
        return errors
    }

    /// The values by name.
    public var data: [(name: String, value: FieldValue)] { fields.map { ($0.shortName, $0.data) } }

    /// The hidden fields with the token: every form in a page needs them.
    public func hiddenTag() -> SafeHTML {
        SafeHTML(trusted: fields.filter(\.isHidden).map { $0.html().text }.joined(separator: "\n"))
    }
}

/// Names of Swift as names in a page.
enum FieldName {
    /// `rememberMe` is `remember_me`.
    static func snakeCase(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 &- 65 < 26 }) else { return name }
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            let isUpper = byte &- 65 < 26
            if isUpper, !bytes.isEmpty, bytes.last != UInt8(ascii: "_") { bytes.append(UInt8(ascii: "_")) }
            bytes.append(isUpper ? byte | 0x20 : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The hidden field of the token.
final class TokenField: HiddenField {
    private let protection: FormProtection
    private var token = ""

    init(_ protection: FormProtection) {
        self.protection = protection
        super.init("CSRF Token")
    }

    override var type: String { "CSRFTokenField" }
    override var inputValue: String { token }

    func makeToken() throws { token = try protection.token() }

    override func preValidate(_ form: Form) throws { try protection.check(value) }
}
