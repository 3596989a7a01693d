internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// Profiles, and the forms that change them.
struct ProfileViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        try main.get("/user/<username>", endpoint: "user") { (request: Request, username: String) in
            try show(request, username)
        }
        let forms = main.csrfExempt
        try forms.requiring(.login).route("/edit-profile", methods: [.get, .post], endpoint: "edit_profile") {
            (request: Request) in try unbuilt()
        }
        try forms.requiring(.permission(.admin, of: User.self))
            .route("/edit-profile/<int:id>", methods: [.get, .post], endpoint: "edit_profile_admin") {
                (request: Request, id: Int) in try unbuilt()
            }
    }

    private func show(_ request: Request, _ username: String) throws -> Response {
        guard let user = try User.profile(username: username, in: request.database) else { try abort(404) }
        let page = PageRequest(request.query["page"], perPage: blog.postsPerPage)
        let posts = try Post.newest(by: user, page, in: request.database)
        let pagination = PaginationView(posts, base: try request.urlFor("main.user", ["username": username]))
        return try request.render(
            "user.html", ["user": user, "posts": TemplateValue.objects(posts.items), "pagination": pagination])
    }
}
