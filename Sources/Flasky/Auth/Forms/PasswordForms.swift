internal import RoostForms

/// Another password in place of one that is known.
final class ChangePasswordForm: Form {
    let oldPassword = PasswordField("Old password", validators: [.dataRequired()], attributes: .currentPassword)
    let password = PasswordField(
        "New password", validators: [.dataRequired(), .equalTo("password2", "Passwords must match.")],
        attributes: .newPassword)
    let password2 = PasswordField("Confirm new password", validators: [.dataRequired()], attributes: .newPassword)
    let submit = SubmitField("Update Password")

    init(_ blog: BlogSettings) {
        password.validators += AccountRules.password(atLeast: blog.minimumPasswordLength)
        super.init()
    }
}

/// The address to which the means to reset a password are to go.
final class ResetRequestForm: Form {
    let email = StringField("Email", validators: AccountRules.email, attributes: .ownEmail)
    let submit = SubmitField("Reset Password")
}

/// A new password in place of one that is forgotten.
final class ResetForm: Form {
    let password = PasswordField(
        "New Password", validators: [.dataRequired(), .equalTo("password2", "Passwords must match")],
        attributes: .newPassword)
    let password2 = PasswordField("Confirm password", validators: [.dataRequired()], attributes: .newPassword)
    let submit = SubmitField("Reset Password")

    init(_ blog: BlogSettings) {
        password.validators += AccountRules.password(atLeast: blog.minimumPasswordLength)
        super.init()
    }
}
