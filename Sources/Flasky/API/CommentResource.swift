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

    private static let listing = APIOperation.ofAPI(
        "All comments, the newest first", arguments: PageNumber.arguments, output: CommentJSON.page.schema)
    private static let showing = APIOperation.ofAPI(
        "One comment", output: CommentJSON.output.schema, errors: [.notFound])
    private static let listingOfPost = APIOperation.ofAPI(
        "The comments of a post, the oldest first", arguments: PageNumber.arguments, output: CommentJSON.page.schema,
        errors: [.notFound])
    private static let adding = APIOperation.ofAPI(
        "A new comment on a post", arguments: BodyText.required, output: CommentJSON.output.schema, status: .created,
        errors: [.notFound], headers: [("Location", "The address of the comment")])

    // MARK: Views

    /// Comments that belong to somebody and to a post, as those of the blog all do.
    private static let all = Comment.query.where { $0.authorID.isNotNull && $0.postID.isNotNull }

    private func list(_ request: Request) throws -> JSON {
        let page = try PageNumber.request(request, perPage: blog.commentsPerPage)
        let comments = try Self.all.order(\.timestamp.descending, \.id.descending)
            .paginate(page: page.number, perPage: page.perPage, in: request.database)
        return CommentJSON.page(
            try PageJSON(comments, request, endpoint: "api.get_comments") { try CommentJSON($0, request) })
    }

    private func show(_ request: Request, _ id: Int) throws -> JSON {
        // The column has 32 bits; a larger number is nobody's.
        guard Int32(exactly: id) != nil, let comment = try Self.all.get(id, in: request.database) else {
            try abort(404)
        }
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
        let author = try request.caller
        let comment = try Comment.insert(in: request.database) {
            $0.body = body
            $0.bodyHTML = Markdown.comment(body)
            $0.timestamp = .now
            $0.isDisabled = false
            $0.authorID = author.id
            $0.postID = post.id
        }
        let location = try request.urlFor("api.get_comment", ["id": comment.id], external: true)
        return (CommentJSON.output(try CommentJSON(comment, request)), .created, ["Location": location])
    }
}
