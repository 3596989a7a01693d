internal import Roost

/// Moving an account to another e-mail address.
struct EmailViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        try auth.csrfExempt.requiring(.login)
            .route("/change_email", methods: [.get, .post], endpoint: "change_email_request") { (request: Request) in
                try unbuilt()
            }
        try auth.requiring(.login).get("/change_email/<token>", endpoint: "change_email") {
            (request: Request, token: String) in try unbuilt()
        }
    }
}
