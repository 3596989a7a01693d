internal import RoostForms

/// Who one is, and the proof.
final class LoginForm: Form {
    let email = StringField("Email", validators: AccountRules.email, attributes: .loginEmail)
    let password = PasswordField("Password", validators: [.dataRequired()], attributes: .currentPassword)
    let rememberMe = BooleanField("Keep me logged in")
    let submit = SubmitField("Log In")
}
