internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostHTTP
internal import RoostPostgres
internal import RoostTemplates

/// The home page, with the form for a new post.
struct HomeViews {
    let blog: BlogSettings
    private let count = PostCount()

    init(blog: BlogSettings) { self.blog = blog }

    /// Remembers that somebody reads the posts of those he follows.
    private static let tabCookie = "show_followed"
    private static let tabSeconds = 30 * 24 * 3600

    func register(on main: Blueprint) throws {
        // The form asks for the token itself and shows what is wrong with it.
        try main.csrfExempt.route("/", methods: [.get, .post], endpoint: "index") { (request: Request) in
            try index(request)
        }
        try main.requiring(.login).get("/all", endpoint: "show_all") { (request: Request) in
            try choose(tab: "", request)
        }
        try main.requiring(.login).get("/followed", endpoint: "show_followed") { (request: Request) in
            try choose(tab: "1", request)
        }
    }

    private func index(_ request: Request) throws -> Response {
        let user = try request.user
        let form = user?.can(.write) == true ? try PostForm(request) : nil
        if let user, let form, try form.validateOnSubmit() {
            try Post.write(form.body.value, by: user, in: request.database)
            return .redirect(to: try request.urlFor("main.index"))
        }
        let follower = request.cookies[Self.tabCookie]?.isEmpty == false ? user : nil
        let posts = try posts(followedBy: follower, request)
        return try request.render(
            "index.html",
            [
                "form": form, "show_followed": follower != nil, "posts": TemplateValue.objects(posts.items),
                "pagination": PaginationView(posts, base: try request.urlFor("main.index")),
            ])
    }

    private func posts(followedBy follower: User?, _ request: Request) throws -> Pagination<Post> {
        let page = PageRequest(request.query["page"], perPage: blog.postsPerPage)
        guard let follower else { return try Post.newest(page, of: count, in: request.database) }
        return try Post.newest(followedBy: follower, page, in: request.database)
    }

    private func choose(tab: String, _ request: Request) throws -> Response {
        var response = Response.redirect(to: try request.urlFor("main.index"))
        try response.setCookie(
            Cookie(
                Self.tabCookie, tab, maxAge: Self.tabSeconds, secure: request.scheme == "https", httpOnly: true,
                sameSite: .lax))
        return response
    }
}
