internal import RoostPostgres

/// A comment with its author.
struct Comment: RowDecodable {
    let id: Int
    let body: String
    let bodyHTML: String
    let timestamp: Timestamp
    let isDisabled: Bool
    let username: String
    let avatarHash: String

    init(row: Row) throws {
        id = try row[0]
        body = try row.decode(1, as: String?.self) ?? ""
        bodyHTML = try row.decode(2, as: String?.self) ?? ""
        timestamp = try row[3]
        // A comment that was never moderated has NULL here.
        isDisabled = try row.decode(4, as: Bool?.self) ?? false
        username = try row[5]
        avatarHash = try row.decode(6, as: String?.self) ?? ""
    }

    /// The comments of a post, oldest first.
    static func of(_ post: Post, _ page: PageRequest, in database: Connection) throws -> Page<Comment> {
        let comments = try database.rows(
            """
            SELECT comments.id, comments.body, comments.body_html, comments.timestamp, comments.disabled, users.username,
              users.avatar_hash
            FROM comments JOIN users ON users.id = comments.author_id
            WHERE comments.post_id = \(post.id)
            ORDER BY comments.timestamp, comments.id LIMIT \(page.perPage) OFFSET \(page.offset)
            """, as: Comment.self)
        return Page(items: comments, request: page, total: post.commentCount)
    }
}
