internal import Roost
internal import RoostSigning

/// Tokens for calls to the API.
enum APIToken {
    static let lifetime = Duration.seconds(3600)

    static func make(for user: User, in app: App) throws -> String {
        try tokens(app).make(["id": .integer(user.id)], validFor: lifetime, now: app.unixTime())
    }

    /// Whose token it is; nil for one that is forged, too old or of another kind.
    static func userID(of token: String, in app: App) throws -> Int? {
        let tokens = try tokens(app)
        // Tokens in mails have the same key: what tells them apart is the payload.
        return (try? tokens.read(token, now: app.unixTime()))?["id"]?.int
    }

    private static func tokens(_ app: App) throws -> TimedJSONWebSignature {
        TimedJSONWebSignature(key: try app.secretKey(), fallbacks: app.secrets.fallbacks)
    }
}
