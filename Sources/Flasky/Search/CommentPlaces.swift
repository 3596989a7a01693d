internal import RoostPostgres

/// On which page of its post a comment stands, so that a link leads to the comment and not to the first of hundreds.
enum CommentPlaces {
    /// The pages of comments by their ids, in one statement.
    static func pages(of comments: [Comment], perPage: Int, in database: Connection) throws -> [Int: Int] {
        guard !comments.isEmpty else { return [:] }
        let places = try database.rows(
            """
            SELECT c.id, (SELECT count(*) FROM comments AS before WHERE before.post_id = c.post_id
                AND before.author_id IS NOT NULL AND (before.timestamp, before.id) < (c.timestamp, c.id))
            FROM comments AS c WHERE c.id = ANY(\(comments.map { $0.id })::int[])
            """, as: (Int, Int).self)
        return Dictionary(uniqueKeysWithValues: places.map { ($0, $1 / perPage + 1) })
    }
}
