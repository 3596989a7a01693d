internal import Roost
internal import RoostHTTP
internal import RoostSigning

/// Finds the profile token of a request, and tells whether it holds.
struct TokenCheck {
    private let key: SecretKey

    /// Nil when no token is accepted: without a key, and in modes that do not ask for one.
    init?(_ settings: ProfilerSettings) {
        guard let key = settings.key, settings.mode == .signed || settings.mode == .slow else { return nil }
        self.key = key
    }

    /// The token a request carries; nil when it carries none.
    /// - Throws: `ProfileToken.Refusal` for one that is forged, expired or for another path.
    func token(of request: Request) throws -> ProfileToken? {
        guard let text = Self.text(of: request) else { return nil }
        let token = try ProfileToken(text, key: key, now: Clock.now() / 1_000_000)
        guard token.allows(path: request.path) else { throw ProfileToken.Refusal.otherPath }
        return token
    }

    /// The header's text or the cookie's. A request that has neither does not have its cookies read.
    private static func text(of request: Request) -> String? {
        let variables = request.http.variables
        if let text = variables["HTTP_X_ROOST_PROFILE"] { return text }
        guard variables.withBytes(of: "HTTP_COOKIE", mentionsCookie) == true else { return nil }
        return request.cookies[ProfileToken.cookie]
    }

    private static let name = Array(ProfileToken.cookie.utf8)

    private static func mentionsCookie(_ header: UnsafeBufferPointer<UInt8>) -> Bool {
        guard header.count > name.count else { return false }
        for start in 0..<(header.count - name.count) where header[start] == name[0] {
            if name.indices.allSatisfy({ header[start + $0] == name[$0] }) { return true }
        }
        return false
    }
}
