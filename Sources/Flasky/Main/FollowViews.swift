internal import Roost

/// Following, and who follows whom.
struct FollowViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        let followers = main.requiring(.permission(.follow, of: User.self))
        try followers.route("/follow/<username>", methods: [.get, .post], endpoint: "follow") {
            (request: Request, username: String) in try unbuilt()
        }
        try followers.route("/unfollow/<username>", methods: [.get, .post], endpoint: "unfollow") {
            (request: Request, username: String) in try unbuilt()
        }
        try main.get("/followers/<username>", endpoint: "followers") { (request: Request, username: String) in
            try unbuilt()
        }
        try main.get("/followed_by/<username>", endpoint: "followed_by") { (request: Request, username: String) in
            try unbuilt()
        }
    }
}
