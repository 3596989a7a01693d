internal import Roost
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres

/// The comments of all posts, and those of one.
struct CommentResource {
    let blog: BlogSettings

    func register(on api: some RouteRegistry) throws {
        try api.describing(Self.listing).get("/comments/", endpoint: "get_comments") { request in try list(request) }
        try api.describing(Self.showing).get("/comments/<int:id>", endpoint: "get_comment") { (request, id: Int) in
            try show(request, id)
        }
        try api.describing(Self.listingOfPost)
            .get("/posts/<int:id>/comments/", endpoint: "get_post_comments") { (request, id: Int) in
                try list(request, ofPost: id)
            }
        try api.requiring(.mayCall(.comment)).describing(Self.adding)
            .post("/posts/<int:id>/comments/", endpoint: "new_post_comment") { (request, id: Int) in
                try add(request, toPost: id)
            }
    }

    // MARK: What the description says

    private static let listing = APIOperation(
        "All comments, the newest first", arguments: PageNumber.arguments, output: CommentJSON.page.schema)
    private static let showing = APIOperation(
        "One comment", output: CommentJSON.output.schema, errors: [.notFound])
    private static let listingOfPost = APIOperation(
        "The comments of a post, the oldest first", arguments: PageNumber.arguments, output: CommentJSON.page.schema,
        errors: [.notFound])
    private static let adding = APIOperation(
        "A new comment on a post", arguments: BodyText.required, output: CommentJSON.output.schema, status: .created,
        errors: [.notFound], headers: [("Location", "The address of the comment")])

    // MARK: Views

    private func list(_ request: Request) throws -> JSON {
        let page = try PageNumber.request(request, perPage: blog.commentsPerPage)
        let comments = try Comment.newest(page, in: request.database)
        return CommentJSON.page(
            try PageJSON(comments, request, endpoint: "api.get_comments") { try CommentJSON($0, request) })
    }

    private func show(_ request: Request, _ id: Int) throws -> JSON {
        let comment: Comment = try Comment.find(id, in: request.database) ?? abort(404)
        return CommentJSON.output(try CommentJSON(comment, request))
    }

    private func list(_ request: Request, ofPost id: Int) throws -> JSON {
        let post: Post = try Post.find(id, in: request.database) ?? abort(404)
        let page = try PageNumber.request(request, perPage: blog.commentsPerPage)
        let comments = try Comment.of(post, page, in: request.database)
        return CommentJSON.page(
            try PageJSON(comments, request, endpoint: "api.get_post_comments", id: id) { try CommentJSON($0, request) })
    }

    private func add(_ request: Request, toPost id: Int) throws -> (JSON, Status, Headers) {
        let post: Post = try Post.find(id, in: request.database) ?? abort(404)
        let body = try BodyText.require(request, of: "comment")
        let comment = try Comment.write(body, by: try request.caller, on: post, in: request.database)
        let location = try request.urlFor("api.get_comment", ["id": comment.id], external: true)
        return (CommentJSON.output(try CommentJSON(comment, request)), .created, ["Location": location])
    }
}
