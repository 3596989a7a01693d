internal import RoostPostgres

/// A post as lists and pages show it: with its author and the number of its comments.
struct Post: RowDecodable {
    let id: Int
    let body: String
    let bodyHTML: String
    let timestamp: Timestamp
    let authorID: Int
    let username: String
    let avatarHash: String
    let commentCount: Int

    init(row: Row) throws {
        id = try row[0]
        body = try row.decode(1, as: String?.self) ?? ""
        bodyHTML = try row.decode(2, as: String?.self) ?? ""
        timestamp = try row[3]
        authorID = try row[4]
        username = try row[5]
        avatarHash = try row.decode(6, as: String?.self) ?? ""
        commentCount = try row[7]
    }

    /// One statement for a whole page: PostgreSQL counts the comments of the rows it returns, and of no others.
    private static let columns: SQL = """
        SELECT posts.id, posts.body, posts.body_html, posts.timestamp, posts.author_id, users.username, users.avatar_hash,
          (SELECT count(*) FROM comments WHERE comments.post_id = posts.id)
        FROM posts JOIN users ON users.id = posts.author_id
        """

    /// The newest posts of everybody.
    static func newest(_ page: PageRequest, in database: Connection) throws -> Page<Post> {
        let posts = try database.rows(
            """
            \(columns) ORDER BY posts.timestamp DESC, posts.id DESC LIMIT \(page.perPage) OFFSET \(page.offset)
            """, as: Post.self)
        let total = try page.total(ifKnown: posts.count) { try database.value("SELECT count(*) FROM posts", as: Int.self) }
        return Page(items: posts, request: page, total: total)
    }

    /// The newest posts of one author.
    static func newest(by author: User, _ page: PageRequest, in database: Connection) throws -> Page<Post> {
        let posts = try database.rows(
            """
            \(columns) WHERE posts.author_id = \(author.id)
            ORDER BY posts.timestamp DESC, posts.id DESC LIMIT \(page.perPage) OFFSET \(page.offset)
            """, as: Post.self)
        return Page(items: posts, request: page, total: author.postCount)
    }

    /// Posts in the order of their ids, for the API.
    static func byID(_ page: PageRequest, in database: Connection) throws -> Page<Post> {
        let posts = try database.rows(
            "\(columns) ORDER BY posts.id LIMIT \(page.perPage) OFFSET \(page.offset)", as: Post.self)
        let total = try page.total(ifKnown: posts.count) { try database.value("SELECT count(*) FROM posts", as: Int.self) }
        return Page(items: posts, request: page, total: total)
    }

    static func find(_ id: Int, in database: Connection) throws -> Post? {
        guard let id = Int32(exactly: id) else { return nil }
        return try database.first("\(columns) WHERE posts.id = \(id)", as: Post.self)
    }
}
