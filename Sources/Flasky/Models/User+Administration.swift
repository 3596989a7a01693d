internal import RoostPostgres

/// Why an account was not stored although it was right by itself.
enum AccountRefusal: Error {
    /// Another request took the address or the name a moment earlier.
    case emailIsTaken, usernameIsTaken
    /// Nobody could administer the blog any more.
    case lastAdministrator
}

extension User {
    /// Stores everything that administrators may change, with the hash that pictures go by.
    /// - Throws: `AccountRefusal`; nothing is stored then.
    func saveAccount(in database: Connection) throws {
        do {
            try database.transaction {
                let administrators = try Self.lockAdministratorRoles(in: database)
                try updateAccount(in: database)
                guard try Self.query.where({ $0.roleID.isIn(administrators) }).exists(in: database) else {
                    throw AccountRefusal.lastAdministrator
                }
            }
        } catch let error as QueryError where error.isUniqueViolation && error.constraint == "ix_users_email" {
            throw AccountRefusal.emailIsTaken
        } catch let error as QueryError where error.isUniqueViolation && error.constraint == "ix_users_username" {
            throw AccountRefusal.usernameIsTaken
        }
    }

    /// The lock keeps the last two administrators from demoting each other at the same moment.
    private static func lockAdministratorRoles(in database: Connection) throws -> [Int] {
        try Role.query.order(\.id.ascending).forUpdate().all(in: database)
            .filter { $0.permissions.contains(.admin) }.map(\.id)
    }

    private func updateAccount(in database: Connection) throws {
        let address = AccountRules.normalized(email: email)
        try Self.query.where(\.id == id).update(in: database) {
            $0.email = address
            $0.set(\.avatarHash, sql: "md5(\(address))")
            $0.username = username
            $0.isConfirmed = isConfirmed
            $0.roleID = roleID
            $0.name = name
            $0.location = location
            $0.aboutMe = aboutMe
        }
    }
}
