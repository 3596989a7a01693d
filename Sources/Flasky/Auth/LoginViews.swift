internal import Roost
internal import RoostForms
internal import RoostTemplates

/// Logging in and out.
struct LoginViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        try auth.csrfExempt.route("/login", methods: [.get, .post], endpoint: "login") { (request: Request) in
            try logIn(request)
        }
        try auth.requiring(.login, .legacyGet(blog)).route("/logout", methods: [.get, .post], endpoint: "logout") {
            (request: Request) in try logOut(request)
        }
    }

    private func logIn(_ request: Request) throws -> Response {
        let form = try LoginForm(request)
        if try form.validateOnSubmit() {
            let (email, password) = (form.email.value, form.password.value)
            let user = try blog.accountLimits.attempt(on: email, request) {
                try request.user(email: email, password: password, blog.passwords)
            }
            if let user {
                try request.logIn(user, remember: form.rememberMe.value, blog)
                return redirect(to: try target(of: request))
            }
            request.flash("Invalid email or password.")
        }
        return try request.render("auth/login.html", ["form": form])
    }

    /// The page that asked for the login; only a path of this blog will do, whatever the address says.
    private func target(of request: Request) throws -> String {
        let home = try request.urlFor("main.index")
        let next = request.nextAddress(or: home)
        return next.utf8.first == UInt8(ascii: "/") ? next : home
    }

    private func logOut(_ request: Request) throws -> Response {
        request.logOut()
        request.flash("You have been logged out.")
        return redirect(to: try request.urlFor("main.index"))
    }
}
