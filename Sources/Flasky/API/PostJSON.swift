internal import Roost
internal import RoostHTTP
internal import RoostPostgres

/// A post as the API shows it.
struct PostJSON {
    let post: Post
    /// Disabled ones are among them.
    let commentCount: Int
    let url: String
    let authorURL: String
    let commentsURL: String

    init(_ post: Post, _ request: Request) throws {
        self.post = post
        commentCount = try post.commentCount.get()
        url = try request.urlFor("api.get_post", ["id": post.id])
        authorURL = try request.urlFor("api.get_user", ["id": post.authorID])
        commentsURL = try request.urlFor("api.get_post_comments", ["id": post.id], method: .get)
    }

    static let output = Output<PostJSON>(
        "Post", .field("author_url", \.authorURL), .field("body", \.post.body, help: "In Markdown"),
        .field("body_html", \.post.bodyHTML), .field("comment_count", \.commentCount),
        .field("comments_url", \.commentsURL),
        .field("timestamp", help: "As in HTTP headers") { $0.post.timestamp.httpText }, .field("url", \.url))

    static let page = PageJSON.output("PostPage", "posts", output)
}

extension Timestamp {
    /// As in HTTP headers (RFC 9110): `Sat, 21 Nov 2026 02:08:20 GMT`.
    var httpText: String { HTTPDate.text(unixSeconds) }
}
