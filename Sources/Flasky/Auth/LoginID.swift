internal import Roost
internal import RoostSigning

/// What sessions and remember cookies keep of a user: `42.DIGEST` of the password, so that they end when it changes, or
/// `42` alone, which the book's Python application writes and reads.
struct LoginID {
    let userID: Int
    let digest: String?

    /// - Parameter text: from a cookie that we signed; nil is returned for what is neither form
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let id = Int(String(decoding: parts[0], as: UTF8.self)) else { return nil }
        userID = id
        digest = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil
    }

    /// Whether it still stands for a user.
    /// - Parameter isShared: whether an id without a digest does, too
    func holds(for user: User, isShared: Bool) -> Bool {
        guard let digest else { return isShared }
        return ConstantTime.equal(digest, user.passwordDigest(for: "login"))
    }
}

extension User {
    var loginID: String { "\(id).\(passwordDigest(for: "login"))" }

    /// Another text for each password and each use, from which the hash cannot be told: 128 bits in hexadecimal digits.
    func passwordDigest(for use: String) -> String {
        String(SigningDigest.sha256.hexText(of: "\(use) of \(id): \(passwordHash ?? "")").prefix(32))
    }
}

/// A login that the Python application understands.
private struct SharedLogin: LoginUser {
    let loginID: String
}

extension Request {
    /// Logs somebody in, whose password was just checked, and gives the session's forms a new token: one that was known
    /// before the login is worth nothing after it.
    /// - Parameter remember: sets a cookie that logs the user in again when the session is over
    func logIn(_ user: User, remember: Bool, _ blog: BlogSettings) throws {
        session.pop(try app.csrfProtection().settings.fieldName)
        guard blog.sharesLogins else {
            logIn(user, remember: remember)
            return
        }
        logIn(SharedLogin(loginID: String(user.id)), remember: remember)
        setCurrentUser(user)
    }
}
