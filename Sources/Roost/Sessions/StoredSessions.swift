public import RoostSigning

/// A place on the server for sessions. It is given a digest of each session's id, so that who reads the place cannot
/// take the sessions over.
public protocol SessionStore: AnyObject {
    /// What is kept under a key; nil when there is nothing.
    /// - Parameter now: seconds since 1970
    func load(_ key: String, for request: Request, now: Int64) throws -> StoredSession?

    /// Keeps a session, in place of what was there.
    func save(_ key: String, _ session: SessionObject, until expires: Int64, for request: Request) throws

    /// Forgets a session; one that is not there is no error.
    func remove(_ key: String, for request: Request) throws
}

/// A session as a store keeps it.
public struct StoredSession {
    public let session: SessionObject
    /// Seconds since 1970.
    public let expires: Int64

    public init(_ session: SessionObject, expires: Int64) {
        self.session = session
        self.expires = expires
    }
}

/// Sessions on the server: the cookie holds a random id and nothing else.
///
/// The rules for writing are those of sessions in cookies. Logging in and out gives a session another id, and an id that
/// the server did not give is never taken on, so that nobody can slip a user a session they know.
public final class StoredSessions: SessionInterface {
    public let settings: SessionSettings
    private let store: any SessionStore
    private static let idBytes = 32

    public init(_ settings: SessionSettings, in store: any SessionStore) {
        self.settings = settings
        self.store = store
    }

    public func open(_ request: Request) throws -> Session {
        guard let id = request.cookies[settings.cookie.name], id.utf8.count == 43 else { return Session(isNew: true) }
        let now = request.app.unixTime()
        guard let kept = try store.load(Self.key(id), for: request, now: now), kept.expires > now else {
            return Session(isNew: true)
        }
        let session = Session(kept.session, isNew: false, id: id)
        session.expires = kept.expires
        return session
    }

    public func save(_ session: Session, of request: Request, in response: inout Response) throws {
        let now = request.app.unixTime()
        switch SessionStep(session, settings, now: now) {
        case .nothing: return
        case .remove:
            if let id = session.id { try store.remove(Self.key(id), for: request) }
            try response.setCookie(settings.cookie.removal())
        case .keep(let expires):
            let id = try keep(session, request, now)
            let cookie = settings.cookie.cookie(id, expires: expires, to: request)
            try response.set(cookie, most: settings.maxCookieSize, of: request)
        }
        response.vary(on: "Cookie")
    }

    /// Writes the session and returns its id, a new one where it needs one.
    private func keep(_ session: Session, _ request: Request, _ now: Int64) throws -> String {
        if let id = session.id, !session.isModified, !isWorthTouching(session, now) { return id }
        if let id = session.id, session.wantsNewID {
            try store.remove(Self.key(id), for: request)
            session.id = nil
        }
        let id = session.id ?? SecureRandom.text(bytes: Self.idBytes)
        session.id = id
        try store.save(Self.key(id), session.saved, until: now + settings.lifetime, for: request)
        return id
    }

    /// A session that is only refreshed is written once in a tenth of its lifetime, not on every request.
    private func isWorthTouching(_ session: Session, _ now: Int64) -> Bool {
        session.expires - now < settings.lifetime - settings.lifetime / 10
    }

    private static func key(_ id: String) -> String { SigningDigest.sha256.hexText(of: id) }
}
