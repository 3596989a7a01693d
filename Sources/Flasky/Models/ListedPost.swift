internal import RoostPostgres

/// A post as long lists show it: without the Markdown that it was made of, which is half of what would be fetched.
struct ListedPost: Record, Identifiable {
    let id: Int
    let bodyHTML: String
    let timestamp: Timestamp
    let authorID: Int
    /// What was typed, of posts that have no HTML.
    private(set) var body = ""
    var author = Related<Author>()
    var commentCount = Related<Int>()

    init(row: inout RecordReader) throws {
        id = try row.next()
        bodyHTML = try row.next(ifNull: "")
        timestamp = try row.next(ifNull: Timestamp(unixSeconds: 0))
        authorID = try row.next()
    }

    struct Fields: RecordFields {
        let id = Column(\ListedPost.id, .generated)
        let bodyHTML = Column(\ListedPost.bodyHTML)
        let timestamp = Column(\ListedPost.timestamp)
        let authorID = Column(\ListedPost.authorID)
        let author = BelongsTo(\ListedPost.author, \ListedPost.authorID)
        let commentCount = RowCount(\ListedPost.commentCount, of: \Comment.postID)
    }
    static let table = Table<ListedPost>("posts")

    private static let newestFirst = query.where { $0.authorID.isNotNull }.joining(\.author).counting(\.commentCount)
        .order(\.timestamp.descending, \.id.descending)

    /// The newest posts of everybody.
    static func newest(
        _ page: PageRequest, of count: PostCount, in database: Connection
    ) throws -> Pagination<ListedPost> {
        let posts = try newestFirst.paginate(page: page.number, perPage: page.perPage, in: database) { posts in
            try count.total(knowing: posts, in: database)
        }
        return try withBodies(posts, in: database)
    }

    /// The newest posts of those whom somebody follows: his own are among them.
    static func newest(
        followedBy user: User, _ page: PageRequest, in database: Connection
    ) throws -> Pagination<ListedPost> {
        let posts = try newestFirst.where { $0.authorID.isIn(Follow.ids(followedBy: user)) }
            .paginate(page: page.number, perPage: page.perPage, in: database)
        return try withBodies(posts, in: database)
    }

    /// The same posts; those without HTML, which only other programs write, with what was typed: one statement for all.
    private static func withBodies(
        _ page: Pagination<ListedPost>, in database: Connection
    ) throws -> Pagination<ListedPost> {
        let bare = page.items.filter(\.bodyHTML.isEmpty).map(\.id)
        guard !bare.isEmpty else { return page }
        let bodies = try Post.query.where { $0.id.isIn(bare) }.all(in: database)
        let items = page.items.map { post in
            var post = post
            post.body = bodies.first { $0.id == post.id }?.body ?? ""
            return post
        }
        return Pagination(items: items, page: page.page, perPage: page.perPage, total: page.total)
    }
}
