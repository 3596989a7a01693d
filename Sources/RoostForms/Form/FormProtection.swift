/// How a form proves that it was made for its sender: a token in a hidden field.
///
/// The form knows nothing of sessions; these closures do.
public struct FormProtection {
    /// The name of the hidden field.
    public let fieldName: String
    let token: () throws -> String
    let check: (String) throws -> Void

    /// - Parameters:
    ///   - fieldName: the name of the hidden field.
    ///   - token: makes the token to put into a form.
    ///   - check: throws a `ValidationError` when a token that was sent is not right.
    public init(
        fieldName: String = "csrf_token", token: @escaping () throws -> String, check: @escaping (String) throws -> Void
    ) {
        self.fieldName = fieldName
        self.token = token
        self.check = check
    }
}
