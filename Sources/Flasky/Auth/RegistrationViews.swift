internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostPostgres
internal import RoostTemplates

/// Making an account, and proving that its e-mail address is one's own.
struct RegistrationViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        try auth.csrfExempt.route("/register", methods: [.get, .post], endpoint: "register") { (request: Request) in
            try register(request)
        }
        try auth.get("/unconfirmed", endpoint: "unconfirmed") { (request: Request) in try unconfirmed(request) }
        try auth.requiring(.login).get("/confirm/<token>", endpoint: "confirm") { (request: Request, token: String) in
            try confirm(request, token)
        }
        try auth.requiring(.login, .legacyGet(blog)).route(
            "/confirm", methods: [.get, .post], endpoint: "resend_confirmation"
        ) { (request: Request) in try resend(request) }
    }

    private func register(_ request: Request) throws -> Response {
        let form = try RegistrationForm(blog, request.database).read(request)
        if try form.validateOnSubmit() {
            try MailLinks.check(request)
            try blog.accountLimits.countMail(to: form.email.value, request)
            do {
                let user = try addUser(of: form, request)
                try AccountMails(request).sendConfirmation(to: user)
                request.flash("A confirmation email has been sent to you by email.")
                return redirect(to: try request.urlFor("auth.login"))
            } catch let error where form.takes(error) {
                // Registered twice at once: the form says so, as it would have a moment later.
            }
        }
        return try request.render("auth/register.html", ["form": form])
    }

    private func addUser(of form: RegistrationForm, _ request: Request) throws -> User {
        let (database, email) = (request.database, AccountRules.normalized(email: form.email.value))
        let isAdmin = email == blog.admin
        return try User.add(
            email: email, username: form.username.value, passwordHash: blog.passwords.hash(form.password.value),
            role: isAdmin ? Role.administrator(in: database) : Role.standard(in: database), in: database)
    }

    private func unconfirmed(_ request: Request) throws -> Response {
        guard let user = try request.user, !user.isConfirmed else {
            return redirect(to: try request.urlFor("main.index"))
        }
        return try request.render("auth/unconfirmed.html", ["username": user.username])
    }

    private func confirm(_ request: Request, _ token: String) throws -> Response {
        let user: User = try request.requireUser()
        if !user.isConfirmed {
            if try AccountTokens(request.app).confirms(token, user) {
                try User.query.where { $0.id == user.id }.update(in: request.database) { $0.isConfirmed = true }
                request.flash("You have confirmed your account. Thanks!")
            } else {
                request.flash("The confirmation link is invalid or has expired.")
            }
        }
        return redirect(to: try request.urlFor("main.index"))
    }

    /// Who is confirmed already gets no mail.
    private func resend(_ request: Request) throws -> Response {
        let user: User = try request.requireUser()
        if !user.isConfirmed {
            try blog.accountLimits.countMail(to: user.email, request)
            try AccountMails(request).sendConfirmation(to: user)
            request.flash("A new confirmation email has been sent to you by email.")
        }
        return redirect(to: try request.urlFor("main.index"))
    }
}
