internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostTemplates

/// Changing a password, and making a new one when the old is forgotten.
struct PasswordViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        let forms = auth.csrfExempt
        try forms.requiring(.login).route("/change-password", methods: [.get, .post], endpoint: "change_password") {
            (request: Request) in try change(request)
        }
        let strangers = forms.requiring(.stranger)
        try strangers.route("/reset", methods: [.get, .post], endpoint: "password_reset_request") {
            (request: Request) in try askForReset(request)
        }
        try strangers.route("/reset/<token>", methods: [.get, .post], endpoint: "password_reset") {
            (request: Request, token: String) in try reset(request, token)
        }
    }

    private func change(_ request: Request) throws -> Response {
        var user: User = try request.requireUser()
        let form = try ChangePasswordForm(blog).read(request)
        if try form.validateOnSubmit() {
            let isRight = try blog.accountLimits.proves(form.oldPassword.value, user, request, blog.passwords)
            if isRight,
                try user.setPassword(blog.passwords.hash(form.password.value), in: request.database)
            {
                // The change ends all sessions of the user; this one goes on under the new password.
                try request.logIn(user, remember: request.hasRememberCookie, blog)
                request.flash("Your password has been updated.")
                return redirect(to: try request.urlFor("main.index"))
            }
            request.flash("Invalid password.")
        }
        return try request.render("auth/change_password.html", ["form": form])
    }

    /// Answers the same whether or not somebody has the address.
    private func askForReset(_ request: Request) throws -> Response {
        let form = try ResetRequestForm(request)
        guard try form.validateOnSubmit() else {
            return try request.render("auth/reset_password.html", ["form": form])
        }
        try MailLinks.check(request)
        try blog.accountLimits.countMail(to: form.email.value, request)
        if let user = try User.find(email: form.email.value, in: request.database) {
            try AccountMails(request).sendReset(to: user)
        }
        request.flash("An email with instructions to reset your password has been sent to you.")
        return redirect(to: try request.urlFor("auth.login"))
    }

    private func reset(_ request: Request, _ token: String) throws -> Response {
        let form = try ResetForm(blog).read(request)
        guard try form.validateOnSubmit() else {
            return try request.render("auth/reset_password.html", ["form": form])
        }
        var user = try AccountTokens(request.app).resetUser(of: token, in: request.database)
        // Of two requests with the same token one finds the password changed.
        guard try user?.setPassword(blog.passwords.hash(form.password.value), in: request.database) == true else {
            request.flash("The password reset link is invalid or has expired.")
            return redirect(to: try request.urlFor("main.index"))
        }
        request.flash("Your password has been updated.")
        return redirect(to: try request.urlFor("auth.login"))
    }
}

extension RouteGuard {
    /// Nobody is logged in; others are sent to the home page.
    fileprivate static var stranger: RouteGuard {
        RouteGuard { request in try request.isLoggedIn ? redirect(to: request.urlFor("main.index")) : nil }
    }
}

extension Request {
    /// Whether this browser is to be remembered.
    fileprivate var hasRememberCookie: Bool {
        app.login.map { cookies[$0.settings.rememberCookie.name] != nil } ?? false
    }
}
