internal import Roost
internal import RoostPostgres

/// A comment as the API shows it. What a moderator has disabled only moderators can read.
struct CommentJSON {
    let comment: Comment
    let isHidden: Bool
    let url: String
    let authorURL: String
    let postURL: String

    init(_ comment: Comment, _ request: Request) throws {
        self.comment = comment
        isHidden = try comment.isDisabled && !request.allows(.moderate)
        url = try request.urlFor("api.get_comment", ["id": comment.id])
        // Queries leave out comments that belong to nobody.
        authorURL = try request.urlFor("api.get_user", ["id": comment.authorID])
        postURL = try request.urlFor("api.get_post", ["id": comment.postID])
    }

    private static let placeholder = "This comment has been disabled by a moderator."

    static let output = Output<CommentJSON>(
        "Comment", .field("author_url", \.authorURL),
        .field("body", help: "In Markdown") { $0.isHidden ? placeholder : $0.comment.body },
        .field("body_html") { $0.isHidden ? placeholder : $0.comment.bodyHTML },
        .field("disabled", \.comment.isDisabled, help: "By a moderator: the text is for moderators only"),
        .field("post_url", \.postURL),
        .field("timestamp", help: "As in HTTP headers") { $0.comment.timestamp.httpText }, .field("url", \.url))

    static let page = PageJSON.output("CommentPage", "comments", output)
}
