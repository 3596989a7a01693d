internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostPostgres
internal import RoostTemplates

/// Profiles, and the form in which people describe themselves.
struct ProfileViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        try main.get("/user/<username>", endpoint: "user") { (request: Request, username: String) in
            try show(request, username)
        }
        // The form asks for the token itself and shows what is wrong with it.
        try main.csrfExempt.requiring(.login).route("/edit-profile", methods: [.get, .post], endpoint: "edit_profile") {
            (request: Request) in try edit(request)
        }
    }

    private func show(_ request: Request, _ username: String) throws -> Response {
        guard let user = try User.profile(username: username, in: request.database) else { try abort(404) }
        let page = PageRequest(request.query["page"], perPage: blog.postsPerPage)
        let posts = try Post.newest(by: user, page, in: request.database)
        let relation = try relation(to: user, request)
        return try request.render(
            "user.html",
            [
                "user": user, "is_followed": relation?.follows, "follows_viewer": relation?.isFollowed,
                "posts": TemplateValue.objects(posts.items),
                "pagination": PaginationView(posts, base: try request.urlFor("main.user", ["username": username])),
            ])
    }

    /// Whether whoever looks follows the profile's user, and is followed; nil for strangers and for oneself.
    private func relation(to user: User, _ request: Request) throws -> (follows: Bool, isFollowed: Bool)? {
        guard let viewer = try request.user, viewer.id != user.id else { return nil }
        return try viewer.relation(to: user, in: request.database)
    }

    private func edit(_ request: Request) throws -> Response {
        var user: User = try request.requireUser()
        let form = try EditProfileForm().read(request, showing: user)
        guard try form.validateOnSubmit() else { return try request.render("edit_profile.html", ["form": form]) }
        form.populate(&user)
        try user.update(\.name, \.location, \.aboutMe, in: request.database)
        request.flash("Your profile has been updated.")
        return .redirect(to: try request.urlFor("main.user", ["username": user.username]))
    }
}
