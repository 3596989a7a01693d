/// Signed tokens for one purpose: a token made for one is refused for every other.
///
/// The purpose is itsdangerous' salt, so that tokens of `URLSafeTimedSerializer(SECRET_KEY, salt=purpose)` are the same.
public struct PurposeTokens: Sendable {
    private let serializer: URLSafeTimedSerializer

    /// - Parameters:
    ///   - key: signs and verifies
    ///   - fallbacks: old keys that still verify, the oldest first
    ///   - purpose: `confirm`, `reset`, …; nil is itsdangerous' default, shared by all tokens without a purpose
    public init(key: SecretKey, fallbacks: [SecretKey] = [], purpose: String? = nil) {
        serializer = URLSafeTimedSerializer(keys: fallbacks + [key], salt: purpose ?? "itsdangerous")
    }

    /// A token that carries a value, readable by everybody and changed by nobody.
    /// - Throws: `PayloadError` for a value that JSON cannot hold.
    public func make(_ value: SessionValue, now: Int64 = UnixTime.now) throws(PayloadError) -> String {
        try serializer.dumps(value, now: now)
    }

    /// The value of a token.
    /// - Parameter validFor: how old it may be, in whole seconds
    /// - Throws: `SigningError`; ask it `isExpired` to offer a new token.
    public func read(
        _ token: String, validFor: Duration, now: Int64 = UnixTime.now
    ) throws(SigningError) -> SessionValue {
        try serializer.loads(token, maxAge: validFor.components.seconds, now: now).value
    }
}
