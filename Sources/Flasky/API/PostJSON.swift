internal import Roost
internal import RoostHTTP
internal import RoostPostgres

/// A post as the API shows it; the keys are those of the book's API, in alphabetical order.
struct PostJSON {
    private let post: Post
    private let url: String
    private let commentCount: Int

    init(_ post: Post, _ request: Request) throws {
        self.post = post
        commentCount = try post.commentCount.get()
        url = try request.urlFor("api.get_post", ["id": post.id])
    }

    func append(to json: inout JSONWriter) {
        json.beginObject()
        json.field("author_url", "/api/v1/users/\(post.authorID)")
        json.field("body", post.body)
        json.field("body_html", post.bodyHTML)
        json.field("comment_count", commentCount)
        json.field("comments_url", url + "/comments/")
        json.field("timestamp", HTTPDate.text(post.timestamp.unixSeconds))
        json.field("url", url)
        json.endObject()
    }
}
