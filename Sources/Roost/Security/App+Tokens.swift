public import RoostSigning

/// Signed tokens of an app, for one purpose.
public struct AppTokens {
    private let tokens: PurposeTokens
    private let time: () -> Int64

    init(_ tokens: PurposeTokens, _ time: @escaping () -> Int64) {
        self.tokens = tokens
        self.time = time
    }

    /// A token that carries a value, readable by everybody and changed by nobody; fit for addresses.
    public func make(_ value: SessionValue) throws -> String { try tokens.make(value, now: time()) }

    /// The value of a token.
    /// - Parameter validFor: how old it may be, in whole seconds
    /// - Throws: `SigningError`; ask it `isExpired` to offer a new token.
    public func read(_ token: String, validFor: Duration) throws(SigningError) -> SessionValue {
        try tokens.read(token, validFor: validFor, now: time())
    }
}

extension App {
    /// Signed tokens, as for links in mails. A token of one purpose is refused for every other.
    ///
    ///     let token = try app.tokens(for: "reset").make(["user": .integer(user.id)])
    ///     let id = try app.tokens(for: "reset").read(token, validFor: .seconds(3600))["user"]?.int
    ///
    /// - Parameter purpose: itsdangerous' salt; nil: its default, as `URLSafeTimedSerializer(SECRET_KEY)` has it
    /// - Throws: `NoSecretKey`
    public func tokens(for purpose: String? = nil) throws -> AppTokens {
        AppTokens(PurposeTokens(key: try secretKey(), purpose: purpose), unixTime)
    }
}
