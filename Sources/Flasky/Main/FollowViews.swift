internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// Following, and who follows whom.
struct FollowViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        let changes = main.requiring(.legacyGet(blog), .permission(.follow, of: User.self))
        try changes.route("/follow/<username>", methods: [.get, .post], endpoint: "follow") {
            (request: Request, username: String) in try with(username, request, follow)
        }
        try changes.route("/unfollow/<username>", methods: [.get, .post], endpoint: "unfollow") {
            (request: Request, username: String) in try with(username, request, unfollow)
        }
        try main.get("/followers/<username>", endpoint: "followers") { (request: Request, username: String) in
            try with(username, request, followers)
        }
        try main.get("/followed_by/<username>", endpoint: "followed_by") { (request: Request, username: String) in
            try with(username, request, followed)
        }
    }

    /// These pages lead home when there is nobody of that name.
    private func with(
        _ username: String, _ request: Request, _ answer: (User, Request) throws -> Response
    ) throws -> Response {
        if let user = try User.find(username: username, in: request.database) { return try answer(user, request) }
        request.flash("Invalid user.")
        return .redirect(to: try request.urlFor("main.index"))
    }

    // MARK: Changing

    private func follow(_ user: User, _ request: Request) throws -> Response {
        let isNew = try request.requireUser(as: User.self).follow(user, in: request.database)
        request.flash(isNew ? "You are now following \(user.username)." : "You are already following this user.")
        return .redirect(to: try request.urlFor("main.user", ["username": user.username]))
    }

    private func unfollow(_ user: User, _ request: Request) throws -> Response {
        let wasFollowing = try request.requireUser(as: User.self).unfollow(user, in: request.database)
        request.flash(
            wasFollowing ? "You are not following \(user.username) anymore." : "You are not following this user.")
        return .redirect(to: try request.urlFor("main.user", ["username": user.username]))
    }

    // MARK: Lists

    private func followers(of user: User, _ request: Request) throws -> Response {
        let follows = try Follow.followers(of: user, page(request), in: request.database)
        return try list(
            follows.map { FollowView($0.follower.value, since: $0.timestamp) }, title: "Followers of",
            base: request.urlFor("main.followers", ["username": user.username]), user, request)
    }

    private func followed(by user: User, _ request: Request) throws -> Response {
        let follows = try Follow.followed(by: user, page(request), in: request.database)
        return try list(
            follows.map { FollowView($0.followed.value, since: $0.timestamp) }, title: "Followed by",
            base: request.urlFor("main.followed_by", ["username": user.username]), user, request)
    }

    private func page(_ request: Request) -> PageRequest {
        PageRequest(request.query["page"], perPage: blog.followersPerPage)
    }

    private func list(
        _ page: Pagination<FollowView>, title: String, base: String, _ user: User, _ request: Request
    ) throws -> Response {
        try request.render(
            "followers.html",
            [
                "title": title, "user": user, "follows": TemplateValue.objects(page.items),
                "pagination": PaginationView(page, base: base),
            ])
    }
}
