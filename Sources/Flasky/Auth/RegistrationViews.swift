internal import Roost

/// Making an account, and proving that its e-mail address is one's own.
struct RegistrationViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        try auth.csrfExempt.route("/register", methods: [.get, .post], endpoint: "register") { (request: Request) in
            try unbuilt()
        }
        try auth.get("/unconfirmed", endpoint: "unconfirmed") { (request: Request) in try unbuilt() }
        try auth.requiring(.login).get("/confirm/<token>", endpoint: "confirm") { (request: Request, token: String) in
            try unbuilt()
        }
        try auth.requiring(.login).route("/confirm", methods: [.get, .post], endpoint: "resend_confirmation") {
            (request: Request) in try unbuilt()
        }
    }
}
