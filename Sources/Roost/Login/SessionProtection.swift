internal import RoostSigning

/// Binds a session to the browser that logged in, by its address and user agent.
enum SessionProtection {
    /// Compares identifiers, weakens or ends the login when they differ.
    /// - Returns: true when the login has ended.
    static func fails(_ mode: LoginSettings.Protection, _ session: Session, _ request: Request) -> Bool {
        guard mode != .none, !session.isEmpty, session[LoginKey.identifier]?.string != request.loginIdentifier else {
            return false
        }
        if mode == .basic || session.isPermanent {
            if session[LoginKey.fresh] != .bool(false) { session[LoginKey.fresh] = false }
            return false
        }
        for key in LoginKey.all { session.pop(key) }
        session[LoginKey.remember] = "clear"
        return true
    }

    /// Whether `fails` would end the login; changes nothing, and does not count as looking.
    static func wouldFail(_ mode: LoginSettings.Protection, _ session: Session, _ request: Request) -> Bool {
        guard mode == .strong, !session.saved.isEmpty, !session.savedIsPermanent else { return false }
        return session.saved[LoginKey.identifier]?.string != request.loginIdentifier
    }
}

extension Request {
    /// What the browser of this request is known by.
    var loginIdentifier: String {
        func bytes(_ name: StaticString) -> [UInt8]? { http.variables.withBytes(of: name) { Array($0) } }
        return LoginIdentifier.make(
            address: bytes("REMOTE_ADDR"), forwardedFor: bytes("HTTP_X_FORWARDED_FOR"),
            userAgent: bytes("HTTP_USER_AGENT"))
    }
}
