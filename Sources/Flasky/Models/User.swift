internal import RoostPostgres

/// A user as the profile page shows one: with the numbers of posts, comments and follows.
struct User: RowDecodable {
    let id: Int
    let username: String
    let name: String
    let location: String
    let aboutMe: String
    let memberSince: Timestamp
    let lastSeen: Timestamp
    let avatarHash: String
    let postCount: Int
    let commentCount: Int
    let followerCount: Int
    let followingCount: Int

    init(row: Row) throws {
        id = try row[0]
        username = try row[1]
        name = try row.decode(2, as: String?.self) ?? ""
        location = try row.decode(3, as: String?.self) ?? ""
        aboutMe = try row.decode(4, as: String?.self) ?? ""
        memberSince = try row[5]
        lastSeen = try row[6]
        avatarHash = try row.decode(7, as: String?.self) ?? ""
        postCount = try row[8]
        commentCount = try row[9]
        followerCount = try row[10]
        followingCount = try row[11]
    }

    /// - Parameter username: exact, case and all.
    static func find(username: String, in database: Connection) throws -> User? {
        // PostgreSQL's text holds no NUL; a name with one is nobody's.
        guard !username.utf8.contains(0) else { return nil }
        return try database.first(
            """
            SELECT users.id, username, name, location, about_me, member_since, last_seen, avatar_hash,
              (SELECT count(*) FROM posts WHERE author_id = users.id),
              (SELECT count(*) FROM comments WHERE author_id = users.id),
              (SELECT count(*) FROM follows WHERE followed_id = users.id AND follower_id <> users.id),
              (SELECT count(*) FROM follows WHERE follower_id = users.id AND followed_id <> users.id)
            FROM users WHERE username = \(username)
            """, as: User.self)
    }
}
