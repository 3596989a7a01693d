internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostMarkup
internal import RoostPostgres
internal import RoostTemplates

/// One post with its comments; the form that changes it; the preview of one that is being written.
struct PostViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        // The forms ask for the token themselves and show what is wrong with it.
        let forms = main.csrfExempt
        try forms.get("/post/<int:id>", endpoint: "post") { (request: Request, id: Int) in
            try show(try find(id, request), request)
        }
        try forms.requiring(.permission(.comment, of: User.self)).post("/post/<int:id>", endpoint: "post") {
            (request: Request, id: Int) in try comment(on: try find(id, request), request)
        }
        try forms.requiring(.login).route("/edit/<int:id>", methods: [.get, .post], endpoint: "edit") {
            (request: Request, id: Int) in try edit(try find(id, request), request)
        }
        try main.requiring(.permission(.write, of: User.self)).post("/preview", endpoint: "preview") {
            (request: Request) in SafeHTML(trusted: Markdown.post(try request.form["body"] ?? ""))
        }
    }

    private func find(_ id: Int, _ request: Request) throws -> Post {
        guard let post = try Post.find(id, in: request.database) else { try abort(404) }
        return post
    }

    // MARK: Reading and commenting

    private func comment(on post: Post, _ request: Request) throws -> Response {
        let user: User = try request.requireUser()
        let form = try CommentForm(request)
        guard try form.validateOnSubmit() else { return try page(of: post, form, request) }
        try Comment.write(form.body.value, by: user, on: post, in: request.database)
        request.flash("Your comment has been published.")
        return .redirect(to: try request.urlFor("main.post", ["id": post.id, "page": -1]))
    }

    private func show(_ post: Post, _ request: Request) throws -> Response {
        try page(of: post, try request.allows(.comment) ? CommentForm(request) : nil, request)
    }

    private func page(of post: Post, _ form: CommentForm?, _ request: Request) throws -> Response {
        let page = try commentPage(request.query["page"], of: post)
        let comments = try Comment.of(post, page, in: request.database)
        let base = try request.urlFor("main.post", ["id": post.id])
        return try request.render(
            "post.html",
            [
                "posts": TemplateValue.objects([post]), "form": form, "comments": TemplateValue.objects(comments.items),
                "pagination": PaginationView(comments, base: base, anchor: "#comments"),
            ])
    }

    /// Page -1 is the last one: where a new comment appears.
    private func commentPage(_ text: String?, of post: Post) throws -> PageRequest {
        guard text == "-1" else { return PageRequest(text, perPage: blog.commentsPerPage) }
        let last = (try post.commentCount.get() - 1) / blog.commentsPerPage + 1
        return PageRequest(number: last, perPage: blog.commentsPerPage)
    }

    // MARK: Editing

    private func edit(_ post: Post, _ request: Request) throws -> Response {
        let user: User = try request.requireUser()
        guard post.isEditable(by: user) else { try abort(403) }
        let form = try PostForm(request, values: ["body": .text(post.body)])
        guard try form.validateOnSubmit() else { return try request.render("edit_post.html", ["form": form]) }
        try post.rewrite(form.body.value, in: request.database)
        request.flash("The post has been updated.")
        return .redirect(to: try request.urlFor("main.post", ["id": post.id]))
    }
}
