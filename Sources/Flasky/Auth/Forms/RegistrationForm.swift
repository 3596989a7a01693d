internal import RoostForms
internal import RoostPostgres

/// A new account.
final class RegistrationForm: Form {
    let email = StringField("Email", validators: AccountRules.email, attributes: .ownEmail)
    let username = StringField("Username", validators: AccountRules.username, attributes: .username)
    let password = PasswordField(
        "Password", validators: [.dataRequired(), .equalTo("password2", "Passwords must match.")],
        attributes: .newPassword)
    let password2 = PasswordField("Confirm password", validators: [.dataRequired()], attributes: .newPassword)
    let submit = SubmitField("Register")
    private let database: Connection

    init(_ blog: BlogSettings, _ database: Connection) {
        self.database = database
        password.validators += AccountRules.password(atLeast: blog.minimumPasswordLength)
        super.init()
    }

    override func check(_ field: Field) throws {
        if field === email { try AccountRules.checkEmailIsFree(email.value, in: database) }
        if field === username { try AccountRules.checkUsernameIsFree(username.value, in: database) }
    }

    /// Shows what the checks would have said, when somebody else took the address or the name right after them.
    /// - Returns: false when the error is about something else.
    func takes(_ error: any Error) -> Bool {
        let constraint = (error as? QueryError).flatMap { $0.isUniqueViolation ? $0.constraint : nil }
        if constraint == "ix_users_email" {
            email.errors.append(AccountRules.emailIsTaken)
        } else if constraint == "ix_users_username" || error as? AccountRefusal == .usernameIsTaken {
            username.errors.append(AccountRules.usernameIsTaken)
        } else {
            return false
        }
        return true
    }
}
