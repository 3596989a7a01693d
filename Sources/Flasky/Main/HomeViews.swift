internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// The home page, with the form for a new post.
struct HomeViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        // The form asks for the token itself and shows what is wrong with it.
        try main.csrfExempt.route("/", methods: [.get, .post], endpoint: "index") { (request: Request) in
            try index(request)
        }
        try main.requiring(.login).get("/all", endpoint: "show_all") { (request: Request) in try unbuilt() }
        try main.requiring(.login).get("/followed", endpoint: "show_followed") { (request: Request) in try unbuilt() }
    }

    private func index(_ request: Request) throws -> Response {
        let page = PageRequest(request.query["page"], perPage: blog.postsPerPage)
        let posts = try Post.newest(page, in: request.database)
        let pagination = PaginationView(posts, base: try request.urlFor("main.index"))
        return try request.render("index.html", ["posts": TemplateValue.objects(posts.items), "pagination": pagination])
    }
}

extension TemplateValue {
    /// A list of the application's values.
    static func objects(_ values: [some TemplateObject]) -> TemplateValue { .array(values.map { .object($0) }) }
}
