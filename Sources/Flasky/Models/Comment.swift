internal import RoostPostgres

/// A comment on a post.
struct Comment: Record, Identifiable {
    let id: Int
    let body: String
    let bodyHTML: String
    let timestamp: Timestamp
    let isDisabled: Bool
    let authorID: Int?
    let postID: Int
    var author = Related<Author>()

    init(row: inout RecordReader) throws {
        id = try row.next()
        body = try row.next(ifNull: "")
        bodyHTML = try row.next(ifNull: "")
        timestamp = try row.next(ifNull: Timestamp(unixSeconds: 0))
        // A comment that was never moderated has NULL here.
        isDisabled = try row.next(ifNull: false)
        authorID = try row.next()
        postID = try row.next()
    }

    struct Fields: RecordFields {
        let id = Column(\Comment.id, .generated)
        let body = Column(\Comment.body)
        let bodyHTML = Column(\Comment.bodyHTML)
        let timestamp = Column(\Comment.timestamp)
        let isDisabled = Column(\Comment.isDisabled, "disabled")
        let authorID = Column(\Comment.authorID)
        let postID = Column(\Comment.postID)
        let author = BelongsTo(\Comment.author, \Comment.authorID)
    }
    static let table = Table<Comment>("comments")

    /// The comments of a post, oldest first, with their authors.
    static func of(_ post: Post, _ page: PageRequest, in database: Connection) throws -> Pagination<Comment> {
        try query.where { $0.postID == post.id && $0.authorID.isNotNull }
            .joining(\.author)
            .order(\.timestamp.ascending, \.id.ascending)
            .paginate(page: page.number, perPage: page.perPage, total: try post.commentCount.get(), in: database)
    }

    /// All comments, newest first, with their authors.
    static func newest(_ page: PageRequest, in database: Connection) throws -> Pagination<Comment> {
        try query.where { $0.authorID.isNotNull && $0.postID.isNotNull }
            .joining(\.author)
            .order(\.timestamp.descending, \.id.descending)
            .paginate(page: page.number, perPage: page.perPage, in: database)
    }

    /// A comment that belongs to somebody and to a post, as those of the blog all do.
    static func find(_ id: Int, in database: Connection) throws -> Comment? {
        // The column has 32 bits; a larger number is nobody's.
        guard Int32(exactly: id) != nil else { return nil }
        return try query.where { $0.authorID.isNotNull && $0.postID.isNotNull }.get(id, in: database)
    }
}
