internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostPostgres
internal import RoostTemplates

/// Moving an account to another e-mail address.
struct EmailViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        try auth.csrfExempt.requiring(.login)
            .route("/change_email", methods: [.get, .post], endpoint: "change_email_request") { (request: Request) in
                try askForChange(request)
            }
        try auth.requiring(.login).get("/change_email/<token>", endpoint: "change_email") {
            (request: Request, token: String) in try change(request, token)
        }
    }

    private func askForChange(_ request: Request) throws -> Response {
        let user: User = try request.requireUser()
        let form = try ChangeEmailForm(request.database).read(request)
        if try form.validateOnSubmit() {
            if try blog.accountLimits.proves(form.password.value, user, request, blog.passwords) {
                let address = AccountRules.normalized(email: form.email.value)
                try blog.accountLimits.countMail(to: address, request)
                try AccountMails(request).sendEmailChange(of: user, to: address)
                request.flash("An email with instructions to confirm your new email address has been sent to you.")
                return redirect(to: try request.urlFor("main.index"))
            }
            request.flash("Invalid email or password.")
        }
        return try request.render("auth/change_email.html", ["form": form])
    }

    private func change(_ request: Request, _ token: String) throws -> Response {
        let user: User = try request.requireUser()
        let isChanged = try change(user, token, request)
        request.flash(isChanged ? "Your email address has been updated." : "Invalid request.")
        return redirect(to: try request.urlFor("main.index"))
    }

    /// - Returns: false when the token is not for this user, or somebody has the address.
    private func change(_ user: User, _ token: String, _ request: Request) throws -> Bool {
        guard let address = try AccountTokens(request.app).newEmail(of: token, for: user),
            try User.find(email: address, in: request.database) == nil
        else { return false }
        do {
            var user = user
            return try user.setEmail(address, in: request.database)
        } catch let error as QueryError where error.isUniqueViolation {
            // Somebody took it between the question and the change.
            return false
        }
    }
}
