internal import Roost
internal import RoostHTTP
internal import RoostMarkup
internal import RoostPostgres

/// A thing found as the API shows it: where it is, by whom, and its lines. What does not apply is left out.
struct SearchHitJSON {
    let url: String
    let headline: String
    private(set) var authorURL: String?
    private(set) var postURL: String?
    private(set) var timestamp: String?
    private(set) var username: String?

    init(_ hit: SearchHit, _ request: Request) throws {
        headline = hit.headline.text
        let root = try request.urlFor("api.get_posts").dropLast("/posts/".utf8.count)
        switch hit.content {
        case .post(let post):
            url = "\(root)/posts/\(post.id)"
            authorURL = "\(root)/users/\(post.authorID)"
            timestamp = HTTPDate.text(post.timestamp.unixSeconds)
        case .comment(let comment):
            url = "\(root)/comments/\(comment.id)"
            authorURL = comment.authorID.map { "\(root)/users/\($0)" }
            postURL = "\(root)/posts/\(comment.postID)"
            timestamp = HTTPDate.text(comment.timestamp.unixSeconds)
        case .user(let user):
            url = "\(root)/users/\(user.id)"
            username = user.username
        }
    }

    static let output = Output<SearchHitJSON>(
        "SearchHit",
        .optional("author_url", \.authorURL),
        .field("headline", \.headline, help: "HTML; the words found are in <mark>"),
        .optional("post_url", \.postURL, help: "the post of a comment"),
        .optional("timestamp", \.timestamp),
        .field("url", \.url),
        .optional("username", \.username))
}
