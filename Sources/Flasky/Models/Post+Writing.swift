internal import RoostPostgres

extension Post {
    /// Stores a new post.
    /// - Parameter body: Markdown.
    @discardableResult
    static func write(_ body: String, by author: User, in database: Connection) throws -> Post {
        try insert(in: database) {
            $0.body = body
            $0.bodyHTML = Markdown.post(body)
            $0.timestamp = .now
            $0.authorID = author.id
        }
    }

    /// Stores another text; the time stays.
    /// - Returns: the post as it is now, with what was loaded of it; nil when it is gone.
    @discardableResult
    func rewrite(_ body: String, in database: Connection) throws -> Post? {
        let changed = try Self.query.where(\.id == id).updated(in: database) {
            $0.body = body
            $0.bodyHTML = Markdown.post(body)
        }
        guard var post = changed.first else { return nil }
        (post.author, post.commentCount) = (author, commentCount)
        return post
    }

    /// Whether somebody may change the post: its author and administrators.
    func isEditable(by user: User) -> Bool { authorID == user.id || user.isAdministrator }
}
