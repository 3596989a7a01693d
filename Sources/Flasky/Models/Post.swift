internal import RoostPostgres

/// A post.
struct Post: Record, Identifiable {
    let id: Int
    let body: String
    let bodyHTML: String
    let timestamp: Timestamp
    let authorID: Int
    var author = Related<Author>()
    var commentCount = Related<Int>()

    init(row: inout RecordReader) throws {
        id = try row.next()
        body = try row.next(ifNull: "")
        bodyHTML = try row.next(ifNull: "")
        timestamp = try row.next(ifNull: Timestamp(unixSeconds: 0))
        authorID = try row.next()
    }

    struct Fields: RecordFields {
        let id = Column(\Post.id, .generated)
        let body = Column(\Post.body)
        let bodyHTML = Column(\Post.bodyHTML)
        let timestamp = Column(\Post.timestamp)
        let authorID = Column(\Post.authorID)
        let author = BelongsTo(\Post.author, \Post.authorID)
        let commentCount = RowCount(\Post.commentCount, of: \Comment.postID)
    }
    static let table = Table<Post>("posts")

    /// Posts as lists and pages show them: with their authors and the numbers of their comments, in the same statement.
    private static let shown = query.where { $0.authorID.isNotNull }.joining(\.author).counting(\.commentCount)
    private static let newestFirst = shown.order(\.timestamp.descending, \.id.descending)

    /// The newest posts of everybody.
    static func newest(_ page: PageRequest, of count: PostCount, in database: Connection) throws -> Pagination<Post> {
        try newestFirst.paginate(page: page.number, perPage: page.perPage, in: database) { posts in
            try count.total(knowing: posts, in: database)
        }
    }

    /// The newest posts of one author.
    static func newest(by author: User, _ page: PageRequest, in database: Connection) throws -> Pagination<Post> {
        try newestFirst.where { $0.authorID == author.id }
            .paginate(page: page.number, perPage: page.perPage, total: try author.postCount.get(), in: database)
    }

    /// The newest posts of those whom somebody follows: his own are among them.
    static func newest(followedBy user: User, _ page: PageRequest, in database: Connection) throws -> Pagination<Post> {
        let followed = Follow.query.where { $0.followerID == user.id }.select(\.followedID)
        return try newestFirst.where { $0.authorID.isIn(followed) }
            .paginate(page: page.number, perPage: page.perPage, in: database)
    }

    /// Posts in the order of their ids, for the API.
    static func byID(_ page: PageRequest, in database: Connection) throws -> Pagination<Post> {
        try shown.order(\.id.ascending).paginate(page: page.number, perPage: page.perPage, in: database)
    }

    static func find(_ id: Int, in database: Connection) throws -> Post? {
        // The column has 32 bits; a larger number is nobody's.
        guard Int32(exactly: id) != nil else { return nil }
        return try shown.get(id, in: database)
    }
}
