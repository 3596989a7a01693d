internal import Roost
internal import RoostPostgres

extension User {
    /// A user by e-mail address, with the role. Addresses are stored in lower case; those that another program stored
    /// as they were typed are found too, unless somebody has the address in lower case.
    static func find(email: String, in database: Connection) throws -> User? {
        // PostgreSQL's text holds no NUL; an address with one is nobody's.
        guard !email.utf8.contains(0) else { return nil }
        let address = AccountRules.normalized(email: email)
        return try query.where { $0.email.lowercased == address }.joining(\.role)
            .order("users.email = \(address) DESC").first(in: database)
    }

    /// Adds somebody, who follows himself from then on: both or none.
    /// - Parameters:
    ///   - email: in the form of `AccountRules.normalized`
    ///   - passwordHash: made by the `PasswordPolicy`
    /// - Throws: `QueryError`, a unique violation when the address or the name was taken meanwhile;
    ///   `AccountRefusal.usernameIsTaken` when somebody took the name in other letter case.
    static func add(
        email: String, username: String, passwordHash: String, role: Role?, isConfirmed: Bool = false,
        in database: Connection
    ) throws -> User {
        try database.transaction {
            try claim(username: username, in: database)
            let now = Timestamp.now
            let user = try User.insert(in: database) {
                $0.email = email
                $0.username = username
                $0.set(\.passwordHash, secret: passwordHash)
                $0.isConfirmed = isConfirmed
                $0.roleID = role?.id
                $0.memberSince = now
                $0.lastSeen = now
                $0.set(\.avatarHash, sql: avatarHash(of: email))
            }
            try Follow(followerID: user.id, followedID: user.id, timestamp: now).insert(in: database)
            return user
        }
    }

    /// Makes sure that nobody takes a name, in whatever letter case, until the transaction ends. No index can do that: a
    /// database that was moved over may hold two names that differ in case alone.
    /// - Parameter owner: whose own name does not count.
    /// - Throws: `AccountRefusal.usernameIsTaken`.
    static func claim(username: String, by owner: Int = 0, in database: Connection) throws {
        let name = username.lowercased()
        try database.execute("SELECT pg_advisory_xact_lock(hashtextextended('users.username ' || \(name), 0))")
        let holders = query.where { $0.username.lowercased == name && $0.id != owner }
        // The very same name is left to the index, which says so in its own words.
        if try holders.where({ $0.username != username }).exists(in: database) { throw AccountRefusal.usernameIsTaken }
    }

    /// Whether anybody is an administrator, and confirmed, so that he can act as one. The last one must stay one, or nobody
    /// could make another.
    static func hasAdministrator(in database: Connection) throws -> Bool {
        let admin = Permission.admin.rawValue
        return try query.where("confirmed AND role_id IN (SELECT id FROM roles WHERE permissions & \(admin) = \(admin))")
            .exists(in: database)
    }

    /// Stores another password, unless it was changed since the user was read.
    /// - Returns: false when it was: then nothing has changed.
    @discardableResult
    mutating func setPassword(_ hash: String, in database: Connection) throws -> Bool {
        let (user, old) = (id, passwordHash)
        let count = try User.query.where { $0.id == user && $0.passwordHash == old }.update(in: database) {
            $0.set(\.passwordHash, secret: hash)
        }
        guard count == 1 else { return false }
        passwordHash = hash
        return true
    }

    /// Stores another address, and the hash of its picture. Who has not shown yet that the address he registered with is
    /// his loses what that address alone gave him: the role of an administrator.
    /// - Parameter address: in the form of `AccountRules.normalized`
    /// - Returns: false when the address was changed since the user was read: then nothing has changed.
    /// - Throws: `QueryError`; a unique violation when the address was taken meanwhile.
    mutating func setEmail(_ address: String, in database: Connection) throws -> Bool {
        let (user, old) = (id, email)
        let keepsRole = isConfirmed || !isAdministrator
        let standard = keepsRole ? nil : try Role.standard(in: database)
        let changed = try User.query.where { $0.id == user && $0.email == old }.updated(in: database) {
            if !keepsRole { $0.roleID = standard?.id }
            $0.email = address
            $0.set(\.avatarHash, sql: Self.avatarHash(of: address))
        }
        guard let stored = changed.first else { return false }
        (email, avatarHash) = (address, stored.avatarHash)
        return true
    }

    /// What names the picture of an address at gravatar.com.
    static func avatarHash(of address: String) -> SQL { "md5(\(address))" }
}
