internal import Roost
internal import RoostPostgres

/// Somebody with an account.
struct User: Record, Identifiable {
    let id: Int
    var email: String
    var username: String
    var passwordHash: String?
    var isConfirmed: Bool
    var roleID: Int?
    var name: String
    var location: String
    var aboutMe: String
    let memberSince: Timestamp
    var lastSeen: Timestamp
    var avatarHash: String
    var role = Related<Role>()
    var postCount = Related<Int>()
    var commentCount = Related<Int>()
    var followerCount = Related<Int>()
    var followingCount = Related<Int>()

    init(row: inout RecordReader) throws {
        id = try row.next()
        email = try row.next(ifNull: "")
        username = try row.next(ifNull: "")
        passwordHash = try row.next()
        isConfirmed = try row.next(ifNull: false)
        roleID = try row.next()
        name = try row.next(ifNull: "")
        location = try row.next(ifNull: "")
        aboutMe = try row.next(ifNull: "")
        // An application that writes to the same database may leave times out.
        memberSince = try row.next(ifNull: Timestamp(unixSeconds: 0))
        lastSeen = try row.next(ifNull: memberSince)
        avatarHash = try row.next(ifNull: "")
    }

    struct Fields: RecordFields {
        let id = Column(\User.id, .generated)
        let email = Column(\User.email)
        let username = Column(\User.username)
        let passwordHash = Column(\User.passwordHash)
        let isConfirmed = Column(\User.isConfirmed, "confirmed")
        let roleID = Column(\User.roleID)
        let name = Column(\User.name)
        let location = Column(\User.location)
        let aboutMe = Column(\User.aboutMe)
        let memberSince = Column(\User.memberSince)
        let lastSeen = Column(\User.lastSeen)
        let avatarHash = Column(\User.avatarHash)
        let role = BelongsTo(\User.role, \User.roleID)
        let postCount = RowCount(\User.postCount, of: \Post.authorID)
        let commentCount = RowCount(\User.commentCount, of: \Comment.authorID)
        let followerCount = RowCount(\User.followerCount, of: \Follow.followedID) { $0.followerID != $0.followedID }
        let followingCount = RowCount(\User.followingCount, of: \Follow.followerID) { $0.followerID != $0.followedID }
    }
    static let table = Table<User>("users")

    /// A user with the role, by id.
    static func find(_ id: Int, in database: Connection) throws -> User? {
        // The column has 32 bits; a larger number is nobody's.
        guard Int32(exactly: id) != nil else { return nil }
        return try query.joining(\.role).get(id, in: database)
    }

    /// A user by name.
    /// - Parameter username: exact, case and all.
    static func find(username: String, in database: Connection) throws -> User? {
        // PostgreSQL's text holds no NUL; a name with one is nobody's.
        guard !username.utf8.contains(0) else { return nil }
        return try query.where(\.username == username).joining(\.role).first(in: database)
    }

    /// A user as the profile page shows one: with the numbers of posts, comments and follows.
    static func profile(username: String, in database: Connection) throws -> User? {
        guard !username.utf8.contains(0) else { return nil }
        return try query.where(\.username == username)
            .counting(\.postCount).counting(\.commentCount).counting(\.followerCount).counting(\.followingCount)
            .first(in: database)
    }
}
