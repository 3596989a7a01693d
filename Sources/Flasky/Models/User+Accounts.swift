internal import Roost
internal import RoostPostgres

extension User {
    /// A user by e-mail address, with the role. Addresses are stored in lower case; those that another program stored as
    /// they were typed are found too, unless somebody has the address in lower case.
    static func find(email: String, in database: Connection) throws -> User? {
        // PostgreSQL's text holds no NUL; an address with one is nobody's.
        guard !email.utf8.contains(0) else { return nil }
        let address = AccountRules.normalized(email: email)
        return try query.where { $0.email.lowercased == address }.joining(\.role)
            .order("users.email = \(address) DESC").first(in: database)
    }
}
