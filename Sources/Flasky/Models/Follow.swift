internal import RoostPostgres

/// Who follows whom. Everybody has a row with himself, which brings his own posts into his timeline; lists and counts
/// leave it out, and nobody can remove it.
struct Follow: Record {
    let followerID: Int
    let followedID: Int
    let timestamp: Timestamp?
    var follower = Related<Author>()
    var followed = Related<Author>()

    struct Fields: RecordFields {
        let followerID = Column(\Follow.followerID, .key)
        let followedID = Column(\Follow.followedID, .key)
        let timestamp = Column(\Follow.timestamp)
        let follower = BelongsTo(\Follow.follower, \Follow.followerID)
        let followed = BelongsTo(\Follow.followed, \Follow.followedID)
    }
    static let table = Table<Follow>("follows")

    private static let others = query.where { $0.followerID != $0.followedID }

    /// Those who follow somebody, who followed first first.
    static func followers(of user: User, _ page: PageRequest, in database: Connection) throws -> Pagination<Follow> {
        try others.where { $0.followedID == user.id }.joining(\.follower)
            .order(\.timestamp.ascending, \.followerID.ascending)
            .paginate(page: page.number, perPage: page.perPage, in: database)
    }

    /// Those whom somebody follows, in the order of following.
    static func followed(by user: User, _ page: PageRequest, in database: Connection) throws -> Pagination<Follow> {
        try others.where { $0.followerID == user.id }.joining(\.followed)
            .order(\.timestamp.ascending, \.followedID.ascending)
            .paginate(page: page.number, perPage: page.perPage, in: database)
    }
}

extension Follow {
    // In an extension: `Follow(followerID:followedID:timestamp:)` stays.
    init(row: inout RecordReader) throws {
        followerID = try row.next()
        followedID = try row.next()
        timestamp = try row.next()
    }
}
