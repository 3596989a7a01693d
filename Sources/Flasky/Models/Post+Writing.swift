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
    func rewrite(_ body: String, in database: Connection) throws {
        try Self.query.where(\.id == id).update(in: database) {
            $0.body = body
            $0.bodyHTML = Markdown.post(body)
        }
    }

    /// Whether somebody may change the post: its author and administrators.
    func isEditable(by user: User) -> Bool { authorID == user.id || user.isAdministrator }
}
