internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// Where moderators hide comments and show them again.
struct ModerationViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        try main.requiring(.permission(.moderate, of: User.self)).get("/moderate", endpoint: "moderate") {
            (request: Request) in try list(request)
        }
        let changes = main.requiring(.legacyGet(blog), .permission(.moderate, of: User.self))
        try changes.route("/moderate/enable/<int:id>", methods: [.get, .post], endpoint: "moderate_enable") {
            (request: Request, id: Int) in try change(id, isDisabled: false, request)
        }
        try changes.route("/moderate/disable/<int:id>", methods: [.get, .post], endpoint: "moderate_disable") {
            (request: Request, id: Int) in try change(id, isDisabled: true, request)
        }
    }

    private func page(_ request: Request) -> PageRequest {
        PageRequest(request.query["page"], perPage: blog.commentsPerPage)
    }

    private func list(_ request: Request) throws -> Response {
        let comments = try Comment.newest(page(request), in: request.database)
        return try request.render(
            "moderate.html",
            [
                "comments": TemplateValue.objects(comments.items),
                "pagination": PaginationView(comments, base: try request.urlFor("main.moderate")),
            ])
    }

    private func change(_ id: Int, isDisabled: Bool, _ request: Request) throws -> Response {
        guard try Comment.setDisabled(isDisabled, id, in: request.database) else { try abort(404) }
        return .redirect(to: try request.urlFor("main.moderate", ["page": page(request).number]))
    }
}
