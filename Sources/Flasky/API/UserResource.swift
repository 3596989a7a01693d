internal import Roost
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres

/// People, what they wrote, and what those they follow wrote.
struct UserResource {
    let blog: BlogSettings

    func register(on api: some RouteRegistry) throws {
        try api.describing(Self.showing).get("/users/<int:id>", endpoint: "get_user") { (request, id: Int) in
            try show(request, id)
        }
        try api.describing(Self.listing).get("/users/<int:id>/posts/", endpoint: "get_user_posts") {
            (request, id: Int) in try listPosts(request, id)
        }
        try api.describing(Self.listingTimeline)
            .get("/users/<int:id>/timeline/", endpoint: "get_user_followed_posts") { (request, id: Int) in
                try listTimeline(request, id)
            }
    }

    // MARK: What the description says

    private static let showing = APIOperation("One user", output: UserJSON.output.schema, errors: [.notFound])
    private static let listing = APIOperation(
        "The posts of a user, the newest first", arguments: PageNumber.arguments, output: PostJSON.page.schema,
        errors: [.notFound])
    private static let listingTimeline = APIOperation(
        "The posts of everybody whom a user follows, and the user's own, the newest first",
        arguments: PageNumber.arguments, output: PostJSON.page.schema, errors: [.notFound])

    // MARK: Views

    private func show(_ request: Request, _ id: Int) throws -> JSON {
        UserJSON.output(try UserJSON(try find(id, request), request))
    }

    private func listPosts(_ request: Request, _ id: Int) throws -> JSON {
        let page = try PageNumber.request(request, perPage: blog.postsPerPage)
        let posts = try Post.newest(by: try find(id, request), page, in: request.database)
        return PostJSON.page(
            try PageJSON(posts, request, endpoint: "api.get_user_posts", id: id) { try PostJSON($0, request) })
    }

    private func listTimeline(_ request: Request, _ id: Int) throws -> JSON {
        let user = try find(id, request)
        let page = try PageNumber.request(request, perPage: blog.postsPerPage)
        let posts = try Post.newest(followedBy: user, page, in: request.database)
        return PostJSON.page(
            try PageJSON(posts, request, endpoint: "api.get_user_followed_posts", id: id) {
                try PostJSON($0, request)
            })
    }

    /// Somebody with the number of posts.
    private func find(_ id: Int, _ request: Request) throws -> User {
        // The column has 32 bits; a larger number is nobody's.
        guard Int32(exactly: id) != nil else { try abort(404) }
        return try User.query.counting(\.postCount).get(id, in: request.database) ?? abort(404)
    }
}
