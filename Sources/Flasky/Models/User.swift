internal import RoostPostgres

/// A user as the profile page shows one.
struct User: Record, Identifiable {
    let id: Int
    let username: String
    let name: String
    let location: String
    let aboutMe: String
    let memberSince: Timestamp
    let lastSeen: Timestamp
    let avatarHash: String
    var postCount = Related<Int>()
    var commentCount = Related<Int>()
    var followerCount = Related<Int>()
    var followingCount = Related<Int>()

    init(row: inout RecordReader) throws {
        id = try row.next()
        username = try row.next()
        name = try row.next(ifNull: "")
        location = try row.next(ifNull: "")
        aboutMe = try row.next(ifNull: "")
        memberSince = try row.next()
        lastSeen = try row.next()
        avatarHash = try row.next(ifNull: "")
    }

    struct Fields: RecordFields {
        let id = Column(\User.id, .generated)
        let username = Column(\User.username)
        let name = Column(\User.name)
        let location = Column(\User.location)
        let aboutMe = Column(\User.aboutMe)
        let memberSince = Column(\User.memberSince)
        let lastSeen = Column(\User.lastSeen)
        let avatarHash = Column(\User.avatarHash)
        let postCount = RowCount(\User.postCount, of: \Post.authorID)
        let commentCount = RowCount(\User.commentCount, of: \Comment.authorID)
        let followerCount = RowCount(\User.followerCount, of: \Follow.followedID) { $0.followerID != $0.followedID }
        let followingCount = RowCount(\User.followingCount, of: \Follow.followerID) { $0.followerID != $0.followedID }
    }
    static let table = Table<User>("users")

    /// A user with the numbers of posts, comments and follows.
    /// - Parameter username: exact, case and all.
    static func find(username: String, in database: Connection) throws -> User? {
        // PostgreSQL's text holds no NUL; a name with one is nobody's.
        guard !username.utf8.contains(0) else { return nil }
        return try query.where(\.username == username)
            .counting(\.postCount).counting(\.commentCount).counting(\.followerCount).counting(\.followingCount)
            .first(in: database)
    }
}
