internal import RoostForms
internal import RoostPostgres

/// Another e-mail address, with the password as proof that the owner of the account asks.
final class ChangeEmailForm: Form {
    let email = StringField("New Email", validators: AccountRules.email, attributes: .ownEmail)
    let password = PasswordField("Password", validators: [.dataRequired()], attributes: .currentPassword)
    let submit = SubmitField("Update Email Address")
    private let database: Connection

    init(_ database: Connection) {
        self.database = database
        super.init()
    }

    override func check(_ field: Field) throws {
        if field === email { try AccountRules.checkEmailIsFree(email.value, in: database) }
    }
}
