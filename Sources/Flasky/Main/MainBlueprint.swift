internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

extension Flasky {
    /// The pages everybody sees: home, one post, one user.
    static func makeMainBlueprint(_ settings: Settings) throws -> Blueprint {
        let main = Blueprint("main")
        let postsPerPage = try settings.count("flasky.posts_per_page")
        let commentsPerPage = try settings.count("flasky.comments_per_page")

        try main.get("/", endpoint: "index") { (request: Request) in
            try showHome(request, PageRequest(request.query["page"], perPage: postsPerPage))
        }
        try main.get("/user/<username>", endpoint: "user") { (request: Request, username: String) in
            try showUser(request, username, PageRequest(request.query["page"], perPage: postsPerPage))
        }
        try main.get("/post/<int:id>", endpoint: "post") { (request: Request, id: Int) in
            try showPost(request, id, perPage: commentsPerPage)
        }
        return main
    }

    private static func showHome(_ request: Request, _ page: PageRequest) throws -> Response {
        let posts = try Post.newest(page, in: request.database)
        let pagination = PaginationView(posts, base: try request.urlFor("main.index"))
        return try request.render("index.html", ["posts": TemplateValue.objects(posts.items), "pagination": pagination])
    }

    private static func showUser(_ request: Request, _ username: String, _ page: PageRequest) throws -> Response {
        guard let user = try User.find(username: username, in: request.database) else { try abort(404) }
        let posts = try Post.newest(by: user, page, in: request.database)
        let pagination = PaginationView(posts, base: try request.urlFor("main.user", ["username": username]))
        return try request.render(
            "user.html", ["user": user, "posts": TemplateValue.objects(posts.items), "pagination": pagination])
    }

    private static func showPost(_ request: Request, _ id: Int, perPage: Int) throws -> Response {
        guard let post = try Post.find(id, in: request.database) else { try abort(404) }
        let page = try commentPage(request.query["page"], of: post, perPage: perPage)
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
    private static func commentPage(_ text: String?, of post: Post, perPage: Int) throws -> PageRequest {
        guard text == "-1" else { return PageRequest(text, perPage: perPage) }
        return PageRequest(number: (try post.commentCount.get() - 1) / perPage + 1, perPage: perPage)
    }
}

extension TemplateValue {
    /// A list of the application's values.
    static func objects(_ values: [some TemplateObject]) -> TemplateValue { .array(values.map { .object($0) }) }
}
