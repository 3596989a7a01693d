internal import Roost
internal import RoostDatabase
internal import RoostPostgres

extension Request {
    /// The user of an e-mail address and a password; nil when one of them is wrong.
    ///
    /// Unknown addresses take as long as known ones: the time must not tell who has an account. A hash that is weaker
    /// than those made now is replaced, since this is the one moment at which the password is known.
    func user(email: String, password: String, _ policy: PasswordPolicy) throws -> User? {
        var user = try User.find(email: email, in: database)
        guard checks(password, of: user, policy) else { return nil }
        if let hash = user?.passwordHash, policy.isOutdated(policy.spelledOut(hash)) {
            try user?.setPassword(policy.hash(password), in: database)
        }
        return user
    }

    /// Whether a password is somebody's; always false, and never faster, for nobody.
    func checks(_ password: String, of user: User?, _ policy: PasswordPolicy) -> Bool {
        let hash = policy.spelledOut(user?.passwordHash ?? "")
        if isPassword(password, of: hash.isEmpty ? policy.nobodysHash : hash) { return true }
        if let rest = policy.remainder(after: hash) { _ = isPassword(password, of: rest) }
        return false
    }
}

extension AccountLimits {
    /// Whether somebody who is logged in knows his password, unless too many attempts have failed.
    func proves(_ password: String, _ user: User, _ request: Request, _ policy: PasswordPolicy) throws -> Bool {
        try attempt(on: user.email, request) { request.checks(password, of: user, policy) ? true : nil } ?? false
    }
}
