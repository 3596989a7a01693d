internal import Roost

/// Where moderators hide comments and show them again.
struct ModerationViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        let moderators = main.requiring(.permission(.moderate, of: User.self))
        try moderators.get("/moderate", endpoint: "moderate") { (request: Request) in try unbuilt() }
        try moderators.route("/moderate/enable/<int:id>", methods: [.get, .post], endpoint: "moderate_enable") {
            (request: Request, id: Int) in try unbuilt()
        }
        try moderators.route("/moderate/disable/<int:id>", methods: [.get, .post], endpoint: "moderate_disable") {
            (request: Request, id: Int) in try unbuilt()
        }
    }
}
