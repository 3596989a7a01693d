internal import Roost

/// Logging in and out.
struct LoginViews {
    let blog: BlogSettings

    func register(on auth: Blueprint) throws {
        try auth.csrfExempt.route("/login", methods: [.get, .post], endpoint: "login") { (request: Request) in
            try unbuilt()
        }
        try auth.requiring(.login).route("/logout", methods: [.get, .post], endpoint: "logout") { (request: Request) in
            try unbuilt()
        }
    }
}
