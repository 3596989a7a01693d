internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// One post with its comments; the form that changes it; the preview of one that is being written.
struct PostViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        // The forms ask for the token themselves and show what is wrong with it.
        let forms = main.csrfExempt
        try forms.route("/post/<int:id>", methods: [.get, .post], endpoint: "post") { (request: Request, id: Int) in
            try show(request, id)
        }
        try forms.route("/edit/<int:id>", methods: [.get, .post], endpoint: "edit") { (request: Request, id: Int) in
            try unbuilt()
        }
        try main.requiring(.login).post("/preview", endpoint: "preview") { (request: Request) in try unbuilt() }
    }

    private func show(_ request: Request, _ id: Int) throws -> Response {
        guard let post = try Post.find(id, in: request.database) else { try abort(404) }
        let page = try commentPage(request.query["page"], of: post)
        let comments = try Comment.of(post, page, in: request.database)
        let pagination = PaginationView(comments, base: try request.urlFor("main.post", ["id": id]), anchor: "#comments")
        return try request.render(
            "post.html",
            [
                "posts": TemplateValue.objects([post]), "comments": TemplateValue.objects(comments.items),
                "pagination": pagination,
            ])
    }

    /// Page -1 is the last one: where a new comment appears.
    private func commentPage(_ text: String?, of post: Post) throws -> PageRequest {
        guard text == "-1" else { return PageRequest(text, perPage: blog.commentsPerPage) }
        let last = (try post.commentCount.get() - 1) / blog.commentsPerPage + 1
        return PageRequest(number: last, perPage: blog.commentsPerPage)
    }
}
