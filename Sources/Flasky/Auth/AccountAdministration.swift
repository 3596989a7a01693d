public import Roost
internal import RoostForms
public import RoostPostgres

/// What an administrator does with accounts from the command line.
///
///     let accounts = try AccountAdministration(settings, in: database)
///     try accounts.add(email: "boss@example.com", username: "boss", password: "…", role: "Administrator")
public struct AccountAdministration {
    /// An account as a list shows it.
    public struct Account {
        public let id: Int
        public let username: String
        public let email: String
        /// Nil for who has none, and may nothing.
        public let role: String?
        public let isConfirmed: Bool
        public let memberSince: Timestamp
        public let lastSeen: Timestamp

        /// - Parameter user: with the role loaded
        init(_ user: User) {
            id = user.id
            username = user.username
            email = user.email
            role = user.role.value?.name
            isConfirmed = user.isConfirmed
            memberSince = user.memberSince
            lastSeen = user.lastSeen
        }
    }

    private let database: Connection
    private let blog: BlogSettings

    /// - Parameter settings: the blog's
    /// - Throws: `SettingError` for values that do not fit
    public init(_ settings: Settings, in database: Connection) throws {
        self.database = database
        blog = try BlogSettings(settings)
    }

    /// Adds a user, whose address needs no confirmation: whoever gives the command vouches for it.
    /// - Parameters:
    ///   - password: as typed
    ///   - role: the name of a role; nil: the one of those who register
    /// - Throws: `AccountError` for what the registration page would refuse, and for an unknown role; `QueryError`
    @discardableResult
    public func add(email: String, username: String, password: String, role: String? = nil) throws -> Account {
        try check(email: email, username: username, password: password)
        let isAdmin = AccountRules.normalized(email: email) == blog.admin
        let own = isAdmin ? Role.administrator(in:) : Role.standard(in:)
        let role = try role.map(find(role:)) ?? own(database)
        do {
            let user = try User.add(
                email: AccountRules.normalized(email: email), username: username,
                passwordHash: blog.passwords.hash(password), role: role, isConfirmed: true, in: database)
            return try account(user.id)
        } catch AccountRefusal.usernameIsTaken {
            throw AccountError(AccountRules.usernameIsTaken)
        }
    }

    /// Gives a user another role.
    /// - Throws: `AccountError` when there is no such user or role, or nobody would be left who may change roles
    @discardableResult
    public func promote(email: String, to role: String) throws -> Account {
        let role = try find(role: role)
        guard let user = try User.find(email: email, in: database) else {
            throw AccountError("nobody has the e-mail address \(email)")
        }
        do {
            try User.keepingAnAdministrator(in: database) {
                try User.query.where { $0.id == user.id }.update(in: database) { $0.roleID = role.id }
            }
        } catch AccountRefusal.lastAdministrator {
            throw AccountError("\(user.username) is the last administrator: give the role to somebody else first")
        }
        return try account(user.id)
    }

    /// Everybody, in the order of joining.
    public func list() throws -> [Account] {
        try User.query.joining(\.role).order(\.id.ascending).all(in: database).map(Account.init)
    }

    private func account(_ id: Int) throws -> Account {
        guard let user = try User.find(id, in: database) else { throw AccountError("the user \(id) is gone") }
        return Account(user)
    }

    private func check(email: String, username: String, password: String) throws {
        let sizes = 1...64
        guard AccountRules.isEmail(email), sizes.contains(email.unicodeScalars.count) else {
            throw AccountError("\(email.debugDescription) is no e-mail address of 64 characters at most")
        }
        guard AccountRules.isUsername(username), sizes.contains(username.unicodeScalars.count) else {
            throw AccountError(
                "\(username.debugDescription) is no username: a letter, then letters, digits, dots and underscores, "
                    + "64 characters at most")
        }
        let least = blog.minimumPasswordLength
        guard !password.allSatisfy(\.isWhitespace), password.unicodeScalars.count >= least else {
            throw AccountError("the password needs \(least) characters or more, and not only blanks")
        }
        do {
            try AccountRules.checkEmailIsFree(email, in: database)
            try AccountRules.checkUsernameIsFree(username, in: database)
        } catch let error as ValidationError {
            throw AccountError("\(username) <\(email)>: \(error.message)")
        }
    }

    private func find(role name: String) throws -> Role {
        let roles = try Role.query.order(\.id.ascending).all(in: database)
        if let role = roles.first(where: { $0.name == name }) { return role }
        guard !roles.isEmpty else { throw AccountError("there are no roles yet: run flasky roles") }
        throw AccountError("there is no role \(name): choose \(roles.map(\.name).joined(separator: ", "))")
    }
}

/// An account that cannot be made or changed as asked for; its description is one line for who asked.
public struct AccountError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
