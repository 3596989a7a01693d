internal import RoostPostgres

extension User {
    /// Follows somebody. Two requests at once leave one row.
    /// - Returns: false when that was so already, as it is for everybody with himself.
    func follow(_ other: User, in database: Connection) throws -> Bool {
        guard other.id != id else { return false }
        return try Follow.insert(onConflict: .ignore, in: database) {
            $0.followerID = id
            $0.followedID = other.id
            $0.timestamp = .now
        } != nil
    }

    /// Follows somebody no more.
    /// - Returns: false when that was so already; nobody stops following himself.
    func unfollow(_ other: User, in database: Connection) throws -> Bool {
        guard other.id != id else { return false }
        return try Follow.query.where { $0.followerID == id && $0.followedID == other.id }.delete(in: database) > 0
    }

    /// Whether this user follows another one, and the other way round.
    func relation(to other: User, in database: Connection) throws -> (follows: Bool, isFollowed: Bool) {
        let rows = try Follow.query
            .where {
                ($0.followerID == id && $0.followedID == other.id) || ($0.followerID == other.id && $0.followedID == id)
            }
            .all(in: database)
        return (rows.contains { $0.followerID == id }, rows.contains { $0.followedID == id })
    }
}
