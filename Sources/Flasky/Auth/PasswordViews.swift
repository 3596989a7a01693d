internal import Roost

/// Changing a password, and making a new one when the old is forgotten.
struct PasswordViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        let forms = auth.csrfExempt
        try forms.requiring(.login).route("/change-password", methods: [.get, .post], endpoint: "change_password") {
            (request: Request) in try unbuilt()
        }
        try forms.route("/reset", methods: [.get, .post], endpoint: "password_reset_request") { (request: Request) in
            try unbuilt()
        }
        try forms.route("/reset/<token>", methods: [.get, .post], endpoint: "password_reset") {
            (request: Request, token: String) in try unbuilt()
        }
    }
}
