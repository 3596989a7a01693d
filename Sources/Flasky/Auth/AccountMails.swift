internal import Roost
internal import RoostMail
internal import RoostTemplates

/// The mails about accounts. They go out after the response; the templates are those of `auth/email/`.
struct AccountMails {
    private let request: Request
    private let tokens: AccountTokens

    init(_ request: Request) throws {
        self.request = request
        tokens = try AccountTokens(request.app)
    }

    func sendConfirmation(to user: User) throws {
        try send("Confirm Your Account", "confirm", to: user.email, user, "auth.confirm", tokens.confirmation(of: user))
    }

    func sendReset(to user: User) throws {
        try send(
            "Reset Your Password", "reset_password", to: user.email, user, "auth.password_reset", tokens.reset(of: user)
        )
    }

    /// - Parameter address: the new one, in the form of `AccountRules.normalized`
    func sendEmailChange(of user: User, to address: String) throws {
        try send(
            "Confirm your email address", "change_email", to: address, user, "auth.change_email",
            tokens.emailChange(of: user, to: address))
    }

    private func send(
        _ subject: String, _ template: String, to address: String, _ user: User, _ endpoint: String, _ token: String
    ) throws {
        let link = try MailLinks.address(of: endpoint, token: token, for: request)
        try request.mail.send(
            subject, to: [MailAddress(address)], template: "auth/email/" + template,
            ["username": user.username, "link": link])
    }
}
