/// Signed JSON as itsdangerous' `Serializer` writes it: readable, not fit for addresses.
public struct Serializer: Sendable {
    private let signer: Signer
    private let limits: PayloadLimits

    /// - Parameter keys: the oldest first, the newest last
    public init(keys: [SecretKey], salt: String = "itsdangerous", limits: PayloadLimits = .standard) {
        signer = Signer(trusted: keys, salt: salt)
        self.limits = limits
    }

    /// - Throws: `PayloadError` for a value that JSON cannot hold.
    public func dumps(_ value: SessionValue) throws(PayloadError) -> String {
        String(decoding: signer.sign(try PayloadWriter.encode(value, .spaced)), as: UTF8.self)
    }

    /// - Throws: `SigningError`
    public func loads(_ token: String) throws(SigningError) -> SessionValue {
        let json = try signer.unsign(Array(token.utf8))
        guard json.count <= limits.bytes else { throw .badPayload("The payload has more than \(limits.bytes) bytes") }
        return try URLSafePayload.value(json, depth: limits.depth)
    }
}

/// Signed JSON for addresses and cookies, as itsdangerous' `URLSafeSerializer` writes it.
public struct URLSafeSerializer: Sendable {
    private let signer: Signer
    private let limits: PayloadLimits

    /// - Parameter keys: the oldest first, the newest last
    public init(keys: [SecretKey], salt: String = "itsdangerous", limits: PayloadLimits = .standard) {
        signer = Signer(trusted: keys, salt: salt)
        self.limits = limits
    }

    /// - Throws: `PayloadError` for a value that JSON cannot hold.
    public func dumps(_ value: SessionValue) throws(PayloadError) -> String {
        let payload = URLSafePayload.encode(try PayloadWriter.encode(value, .compact))
        return String(decoding: signer.sign(payload), as: UTF8.self)
    }

    /// - Throws: `SigningError`
    public func loads(_ token: String) throws(SigningError) -> SessionValue {
        let payload = try signer.unsign(Array(token.utf8))
        return try URLSafePayload.value(URLSafePayload.decode(payload, limit: limits.bytes), depth: limits.depth)
    }
}

/// Signed JSON with a time, as itsdangerous' `URLSafeTimedSerializer` writes it: tokens for links in mails.
///
///     let tokens = URLSafeTimedSerializer(keys: [secret])
///     let token = try tokens.dumps(["confirm": 23])
///     let user = try tokens.loads(token, maxAge: 3600).value["confirm"]?.int
public struct URLSafeTimedSerializer: Sendable {
    private let signer: TimestampSigner
    private let limits: PayloadLimits

    /// - Parameter keys: the oldest first, the newest last
    public init(
        keys: [SecretKey], salt: String = "itsdangerous", derivation: Signer.KeyDerivation = .djangoConcat,
        digest: SigningDigest = .sha1, limits: PayloadLimits = .standard
    ) {
        signer = TimestampSigner(Signer(trusted: keys, salt: salt, derivation: derivation, digest: digest))
        self.limits = limits
    }

    /// - Parameter now: seconds since 1970
    /// - Throws: `PayloadError` for a value that JSON cannot hold.
    public func dumps(_ value: SessionValue, now: Int64 = UnixTime.now) throws(PayloadError) -> String {
        dumps(json: try PayloadWriter.encode(value, .compact), now: now)
    }

    /// - Parameters:
    ///   - maxAge: the oldest that is accepted, in seconds; nil: any age
    ///   - now: seconds since 1970
    /// - Throws: `SigningError`; the signature is checked first, then the age, then the payload
    public func loads(
        _ token: String, maxAge: Int64? = nil, now: Int64 = UnixTime.now
    ) throws(SigningError) -> (value: SessionValue, signedAt: Int64) {
        let (json, signedAt) = try loads(json: token, maxAge: maxAge, now: now)
        return (try URLSafePayload.value(json, depth: limits.depth), signedAt)
    }

    func dumps(json: [UInt8], now: Int64) -> String {
        String(decoding: signer.sign(URLSafePayload.encode(json), now: now), as: UTF8.self)
    }

    func loads(json token: String, maxAge: Int64?, now: Int64) throws(SigningError) -> (json: [UInt8], signedAt: Int64)
    {
        let (payload, signedAt) = try signer.unsign(Array(token.utf8), maxAge: maxAge, now: now)
        return (try URLSafePayload.decode(payload, limit: limits.bytes), signedAt)
    }

    /// The derived key that signs, for checks against other implementations.
    package var derivedKey: [UInt8] { signer.signer.derivedKey }
}
