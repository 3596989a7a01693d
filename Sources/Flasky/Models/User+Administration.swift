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
            try Self.keepingAnAdministrator(in: database) { try updateAccount(in: database) }
        } catch let error as QueryError where error.isUniqueViolation && error.constraint == "ix_users_email" {
            throw AccountRefusal.emailIsTaken
        } catch let error as QueryError where error.isUniqueViolation && error.constraint == "ix_users_username" {
            throw AccountRefusal.usernameIsTaken
        }
    }

    /// Changes users' roles so that somebody is administrator afterwards, too, if anybody was.
    /// - Throws: `AccountRefusal.lastAdministrator` otherwise, and what `change` throws; nothing is changed then.
    static func keepingAnAdministrator(in database: Connection, _ change: () throws -> Void) throws {
        try database.transaction {
            // One at a time: or the last two administrators could demote each other at the same moment.
            _ = try Role.query.order(\.id.ascending).forUpdate().all(in: database)
            let hadOne = try hasAdministrator(in: database)
            try change()
            if hadOne, try !hasAdministrator(in: database) { throw AccountRefusal.lastAdministrator }
        }
    }

    private func updateAccount(in database: Connection) throws {
        try Self.claim(username: username, by: id, in: database)
        let address = AccountRules.normalized(email: email)
        try Self.query.where(\.id == id).update(in: database) {
            $0.email = address
            $0.set(\.avatarHash, sql: Self.avatarHash(of: address))
            $0.username = username
            $0.isConfirmed = isConfirmed
            $0.roleID = roleID
            $0.name = name
            $0.location = location
            $0.aboutMe = aboutMe
        }
    }
}
