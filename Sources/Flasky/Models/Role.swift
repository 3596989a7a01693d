internal import RoostPostgres

/// A named set of permissions; every user has one.
struct Role: Record, Identifiable {
    var id = 0
    let name: String
    let isDefault: Bool
    let permissions: Permission

    struct Fields: RecordFields {
        let id = Column(\Role.id, .generated)
        let name = Column(\Role.name)
        let isDefault = Column(\Role.isDefault, "default")
        let permissions = Column(\Role.permissions)
    }
    static let table = Table<Role>("roles")

    static let all = [
        Role(name: "User", isDefault: true, permissions: [.follow, .comment, .write]),
        Role(name: "Moderator", isDefault: false, permissions: [.follow, .comment, .write, .moderate]),
        Role(name: "Administrator", isDefault: false, permissions: [.follow, .comment, .write, .moderate, .admin]),
    ]

    /// Makes the three roles, or brings them up to date; safe to run at every release.
    static func insertAll(in database: Connection) throws {
        try database.transaction {
            for role in all { try role.upsert(on: \.name, in: database) }
        }
    }
}

extension Role {
    /// The book's columns allow NULL everywhere but in the key; a role of which nothing is known allows nothing.
    init(row: inout RecordReader) throws {
        self.init(
            id: try row.next(), name: try row.next(ifNull: ""), isDefault: try row.next(ifNull: false),
            permissions: Permission(rawValue: try row.next(ifNull: 0)))
    }
}
