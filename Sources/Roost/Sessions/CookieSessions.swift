internal import RoostSigning

/// Sessions in a signed cookie, byte for byte as Flask keeps them: the browser can read and not change them.
public final class CookieSessions: SessionInterface {
    public let settings: SessionSettings
    private let codec: SessionCodec?

    /// - Parameter secrets: without a key, sessions are empty and cannot be written
    public init(_ settings: SessionSettings, secrets: AppSecrets) {
        self.settings = settings
        codec = secrets.key.map { SessionCodec(key: $0, fallbacks: secrets.fallbacks) }
    }

    public func open(_ request: Request) -> Session {
        guard let codec else { return Session(refusal: NoSecretKey()) }
        guard let cookie = request.cookies[settings.cookie.name], !cookie.isEmpty else { return Session(isNew: true) }
        do {
            let now = request.app.unixTime()
            return Session(try codec.decode(cookie, lifetime: settings.lifetime, now: now), isNew: false)
        } catch {
            // Forged, too old, or signed and broken: never more than an empty session, and the cookie stays.
            if !error.isBadSignature { log(error.description, request) }
            return Session(isNew: true)
        }
    }

    public func save(_ session: Session, of request: Request, in response: inout Response) throws {
        let now = request.app.unixTime()
        switch SessionStep(session, settings, now: now) {
        case .nothing: return
        case .remove: try response.setCookie(settings.cookie.removal())
        case .keep(let expires):
            guard let codec else { throw NoSecretKey() }
            let value = try codec.encode(session.saved, now: now)
            let cookie = settings.cookie.cookie(value, expires: expires, to: request)
            try response.set(cookie, most: settings.maxCookieSize, of: request)
        }
        response.vary(on: "Cookie")
    }

    /// A key of ours signed it, so either somebody has the key or a program writes nonsense: worth a line.
    private func log(_ problem: String, _ request: Request) {
        request.app.logger.warning(
            "a session cookie is signed and cannot be read; an empty session is used",
            metadata: ["problem": "\(problem)", "request_id": "\(request.requestID)"])
    }
}
