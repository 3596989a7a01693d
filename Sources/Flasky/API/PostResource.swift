internal import Roost
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres

/// The posts of the blog.
struct PostResource {
    let blog: BlogSettings

    func register(on api: some RouteRegistry) throws {
        try api.describing(Self.listing).get("/posts/", endpoint: "get_posts") { request in try list(request) }
        try api.describing(Self.showing).get("/posts/<int:id>", endpoint: "get_post") { (request, id: Int) in
            try show(request, id)
        }
        let writers = api.requiring(.mayCall(.write))
        try writers.describing(Self.adding).post("/posts/", endpoint: "new_post") { request in try add(request) }
        try writers.describing(Self.editing).put("/posts/<int:id>", endpoint: "edit_post") { (request, id: Int) in
            try edit(request, id)
        }
    }

    // MARK: What the description says

    private static let listing = APIOperation(
        "All posts, in the order of their numbers", arguments: PageNumber.arguments, output: PostJSON.page.schema)
    private static let showing = APIOperation("One post", output: PostJSON.output.schema, errors: [.notFound])
    private static let adding = APIOperation(
        "A new post", arguments: BodyText.required, output: PostJSON.output.schema, status: .created,
        headers: [("Location", "The address of the post")])
    private static let editing = APIOperation(
        "Changes a post", description: "For its author and for administrators. Without `body` it stays as it is.",
        arguments: BodyText.optional, output: PostJSON.output.schema, errors: [.notFound], requiresBody: true)

    // MARK: Views

    private func list(_ request: Request) throws -> JSON {
        let page = try PageNumber.request(request, perPage: blog.postsPerPage)
        let posts = try Post.byID(page, in: request.database)
        return PostJSON.page(
            try PageJSON(posts, request, endpoint: "api.get_posts") { try PostJSON($0, request) })
    }

    private func show(_ request: Request, _ id: Int) throws -> JSON {
        let post: Post = try Post.find(id, in: request.database) ?? abort(404)
        return PostJSON.output(try PostJSON(post, request))
    }

    private func add(_ request: Request) throws -> (JSON, Status, Headers) {
        let body = try BodyText.require(request, of: "post")
        var post = try Post.write(body, by: try request.caller, in: request.database)
        post.commentCount = Related(0)
        let location = try request.urlFor("api.get_post", ["id": post.id], external: true)
        return (PostJSON.output(try PostJSON(post, request)), .created, ["Location": location])
    }

    private func edit(_ request: Request, _ id: Int) throws -> JSON {
        var post: Post = try Post.find(id, in: request.database) ?? abort(404)
        guard post.isEditable(by: try request.caller) else {
            throw APIProblem.forbidden("Insufficient permissions")
        }
        if let body = try BodyText.read(request, of: "post") {
            post = try post.rewrite(body.text, in: request.database) ?? abort(404)
        }
        return PostJSON.output(try PostJSON(post, request))
    }
}
