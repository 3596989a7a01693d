public import RoostPostgres

extension Flasky {
    /// Makes the three roles, or brings them up to date.
    public static func insertRoles(in database: Connection) throws { try Role.insertAll(in: database) }

    /// Adds invented users, posts, comments and follows; the same seed invents the same.
    public static func addFakeContent(
        users: Int, posts: Int, comments: Int, follows: Int, seed: UInt64, in database: Connection
    ) throws {
        var content = FakeContent(database: database, seed: seed)
        try content.add(.init(users: users, posts: posts, comments: comments, follows: follows))
    }
}
