/// Signed JSON that expires, as a compact JSON Web Signature (RFC 7515): what itsdangerous before 2.1 calls
/// `TimedJSONWebSignatureSerializer(SECRET_KEY, expires_in=…)`, byte for byte.
///
/// A token is `HEADER.PAYLOAD.SIGNATURE`, each in URL-safe Base64: the header `{"alg":"HS256","iat":…,"exp":…}` with
/// times in seconds since 1970, the payload as compact JSON, and their HMAC-SHA256 with the secret key itself. It holds
/// no character that an address would have to escape.
///
///     let tokens = TimedJSONWebSignature(key: secret)
///     let token = try tokens.make(["confirm": 23], validFor: .seconds(3600))
///     let user = try tokens.read(token)["confirm"]?.int
///
/// Nothing in a token says what it is for: give each purpose a payload key of its own and ask for that key. New
/// programs are better off with `PurposeTokens`, which keeps purposes apart by itself.
public struct TimedJSONWebSignature: Sendable {
    private static let algorithm = "HS256"
    private let signer: Signer
    private let limits: PayloadLimits

    /// - Parameters:
    ///   - key: signs and verifies
    ///   - fallbacks: old keys that still verify, the oldest first
    ///   - limits: how much a payload may hold
    public init(key: SecretKey, fallbacks: [SecretKey] = [], limits: PayloadLimits = .standard) {
        signer = Signer(trusted: fallbacks + [key], salt: "", derivation: .none, digest: .sha256)
        self.limits = limits
    }

    /// A token that carries a value, readable by everybody and changed by nobody.
    /// - Parameters:
    ///   - payload: an object; its members keep their order
    ///   - duration: how long the token is good for, in whole seconds
    ///   - now: seconds since 1970
    /// - Throws: `PayloadError` for a value that JSON cannot hold.
    public func make(
        _ payload: SessionValue, validFor duration: Duration, now: Int64 = UnixTime.now
    ) throws(PayloadError) -> String {
        let header: SessionValue = [
            "alg": .text(Self.algorithm), "iat": .integer(Int(now)),
            "exp": .integer(Int(now + duration.components.seconds)),
        ]
        let body = Base64.encodeURLSafe(try PayloadWriter.encode(payload, .compact))
        let head = Base64.encodeURLSafe(try PayloadWriter.encode(header, .compact))
        return String(decoding: signer.sign(head + [UInt8(ascii: ".")] + body), as: UTF8.self)
    }

    /// The value of a token that is genuine and not too old. The signature is checked first, in constant time, then the
    /// algorithm and the time of the header, then the payload.
    /// - Parameter now: seconds since 1970; the second in which a token expires is still good
    /// - Throws: `SigningError`; ask it `isExpired` to offer a new token.
    public func read(_ token: String, now: Int64 = UnixTime.now) throws(SigningError) -> SessionValue {
        let signed = try signer.unsign(Array(token.utf8))
        let parts = signed.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .badPayload("a header and a payload were expected") }
        let header = try value(of: parts[0])
        guard header["alg"]?.string == Self.algorithm else {
            throw .badSignature("the algorithm of the header is not \(Self.algorithm)", unverified: nil)
        }
        guard let expiry = header["exp"]?.double, expiry > 0 else {
            throw .badSignature("the header has no time of expiry", unverified: nil)
        }
        guard expiry >= Double(now) else {
            let signedAt = header["iat"]?.int.map(Int64.init) ?? 0
            throw .expired("the token has expired", unverified: Array(parts[1]), signedAt: signedAt)
        }
        return try value(of: parts[1])
    }

    private func value(of part: ArraySlice<UInt8>) throws(SigningError) -> SessionValue {
        guard let json = Base64.decodeURLSafe(part) else { throw .badPayload("a part of the token is no Base64") }
        guard json.count <= limits.bytes else { throw .badPayload("The payload has more than \(limits.bytes) bytes") }
        return try URLSafePayload.value(json, depth: limits.depth)
    }
}
