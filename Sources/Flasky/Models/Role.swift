internal import RoostPostgres

/// A named set of permissions; every user has one.
struct Role {
    let name: String
    let permissions: Permission
    let isDefault: Bool

    static let all = [
        Role(name: "User", permissions: [.follow, .comment, .write], isDefault: true),
        Role(name: "Moderator", permissions: [.follow, .comment, .write, .moderate], isDefault: false),
        Role(name: "Administrator", permissions: [.follow, .comment, .write, .moderate, .admin], isDefault: false),
    ]

    /// Makes the three roles, or brings them up to date; safe to run at every release.
    static func insertAll(in database: Connection) throws {
        try database.transaction {
            for role in all { try role.insertOrUpdate(in: database) }
        }
    }

    private func insertOrUpdate(in database: Connection) throws {
        try database.execute(
            """
            INSERT INTO roles (name, permissions, "default") VALUES (\(name), \(permissions.rawValue), \(isDefault))
            ON CONFLICT (name) DO UPDATE SET permissions = excluded.permissions, "default" = excluded."default"
            """)
    }
}
