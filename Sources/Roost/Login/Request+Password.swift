internal import RoostSigning

extension Request {
    /// Checks a password against a stored hash, and reports hashes that cannot be checked in the log.
    ///
    ///     guard request.isPassword(form.password, of: user?.passwordHash) else { … }
    ///
    /// - Parameter hash: nil when there is no such user; the check then takes as long, and fails
    public func isPassword(_ password: String, of hash: String?) -> Bool {
        switch PasswordHash.check(password, against: hash) {
        case .correct: return true
        case .wrong: return false
        case .unsupported(let reason):
            app.logger.warning(
                "a login failed because of its stored hash: the user needs a new password",
                metadata: ["reason": "\(reason)", "endpoint": "\(endpoint ?? "-")", "request_id": "\(requestID)"])
            return false
        }
    }
}
