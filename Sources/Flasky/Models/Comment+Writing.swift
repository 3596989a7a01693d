internal import RoostPostgres

extension Comment {
    /// Stores a new comment.
    /// - Parameter body: Markdown of one line.
    @discardableResult
    static func write(_ body: String, by author: User, on post: Post, in database: Connection) throws -> Comment {
        try insert(in: database) {
            $0.body = body
            $0.bodyHTML = Markdown.comment(body)
            $0.timestamp = .now
            $0.isDisabled = false
            $0.authorID = author.id
            $0.postID = post.id
        }
    }

    /// Hides a comment from readers, or shows it again.
    /// - Returns: false when there is no such comment.
    static func setDisabled(_ isDisabled: Bool, _ id: Int, in database: Connection) throws -> Bool {
        // The column has 32 bits; a larger number is nobody's.
        guard Int32(exactly: id) != nil else { return false }
        return try query.where(\.id == id).update(in: database) { $0.isDisabled = isDisabled } > 0
    }
}
