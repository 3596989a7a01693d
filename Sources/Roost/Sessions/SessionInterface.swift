/// Where sessions are kept: in a signed cookie (`CookieSessions`), or on the server (`StoredSessions`).
public protocol SessionInterface: AnyObject {
    var settings: SessionSettings { get }

    /// The session of a request; an empty one when there is none or it does not hold.
    /// - Throws: when the place cannot be reached. A cookie that is bad is no error.
    func open(_ request: Request) throws -> Session

    /// Keeps the session. Called once for each request that opened it, after all after-request hooks.
    func save(_ session: Session, of request: Request, in response: inout Response) throws
}

/// What must be done with a session at the end of a request.
enum SessionStep {
    case nothing
    /// It is empty and was not before, or was cleared: the browser forgets it.
    case remove
    /// The cookie is set; `expires` is in seconds since 1970.
    case keep(expires: Int64?)

    init(_ session: Session, _ settings: SessionSettings, now: Int64) {
        let isPermanent = session.savedIsPermanent
        if session.saved.isEmpty {
            self = session.isModified ? .remove : .nothing
        } else if session.isModified || isPermanent && settings.refreshesEachRequest {
            self = .keep(expires: isPermanent ? now + settings.lifetime : nil)
        } else {
            self = .nothing
        }
    }
}

extension Response {
    /// Sets a session's cookie, and says so in the log when browsers may find it too long.
    mutating func set(_ cookie: Cookie, most: Int, of request: Request) throws {
        let header = try cookie.headerValue()
        try headers.add("Set-Cookie", header)
        guard header.utf8.count > most else { return }
        request.app.logger.warning(
            "a cookie is too long: browsers may drop it. Keep less in the session, or keep sessions in the database.",
            metadata: [
                "cookie": "\(cookie.name)", "bytes": "\(header.utf8.count)", "most": "\(most)",
                "endpoint": "\(request.endpoint ?? "-")", "request_id": "\(request.requestID)",
            ])
    }
}
