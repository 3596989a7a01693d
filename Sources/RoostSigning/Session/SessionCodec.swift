/// The value of Flask's session cookie: tagged JSON, compressed when that is shorter, timed and signed.
public struct SessionCodec: Sendable {
    private let serializer: URLSafeTimedSerializer
    private let limits: PayloadLimits

    /// Makes a codec.
    /// - Parameters:
    ///   - key: signs, and is tried first
    ///   - fallbacks: old keys that still verify, the oldest first
    ///   - salt: Flask's, unless the application has changed it
    public init(
        key: SecretKey, fallbacks: [SecretKey] = [], salt: String = "cookie-session", limits: PayloadLimits = .standard
    ) {
        serializer = URLSafeTimedSerializer(keys: fallbacks + [key], salt: salt, derivation: .hmac, limits: limits)
        self.limits = limits
    }

    /// The cookie's value for a session.
    /// - Parameter now: seconds since 1970
    /// - Throws: `PayloadError` for a value that JSON cannot hold.
    public func encode(_ session: SessionObject, now: Int64 = UnixTime.now) throws(PayloadError) -> String {
        serializer.dumps(json: try TaggedJSON.encode(.object(session)), now: now)
    }

    /// The session of a cookie's value.
    /// - Parameters:
    ///   - lifetime: in seconds; an older cookie is refused
    ///   - now: seconds since 1970
    /// - Throws: `SigningError`. `badPayload` also for a payload that is no object; Flask fails there, an application
    ///   should begin an empty session.
    public func decode(
        _ cookie: String, lifetime: Int64, now: Int64 = UnixTime.now
    ) throws(SigningError) -> SessionObject {
        let json = try serializer.loads(json: cookie, maxAge: lifetime, now: now).json
        guard case .object(let session) = try TaggedJSON.decode(json, depth: limits.depth) else {
            throw .badPayload("The session is no object.")
        }
        return session
    }

    /// The derived key that signs, for checks against other implementations.
    package var derivedKey: [UInt8] { serializer.derivedKey }
}
