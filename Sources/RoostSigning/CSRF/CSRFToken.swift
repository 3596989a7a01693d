/// Why a CSRF token was not accepted, in Flask-WTF's words.
public enum CSRFProblem: String, Error, Sendable, CustomStringConvertible {
    case tokenMissing = "The CSRF token is missing."
    case sessionTokenMissing = "The CSRF session token is missing."
    case expired = "The CSRF token has expired."
    case invalid = "The CSRF token is invalid."
    case mismatch = "The CSRF tokens do not match."
    case referrerMissing = "The referrer header is missing."
    case referrerMismatch = "The referrer does not match the host."

    public var description: String { rawValue }
}

/// Flask-WTF's tokens against cross-site requests: the session keeps a raw value, a form carries it signed and timed.
public struct CSRFToken: Sendable {
    private let serializer: URLSafeTimedSerializer

    public init(key: SecretKey) {
        serializer = URLSafeTimedSerializer(keys: [key], salt: "wtf-csrf-token")
    }

    /// A raw value for a session: 40 hexadecimal digits.
    public static func makeRaw() -> String { Hex.text(SigningDigest.sha1.hash(SecureRandom.bytes(64))) }

    /// The token for a form.
    /// - Parameters:
    ///   - raw: the session's value
    ///   - now: seconds since 1970
    public func sign(_ raw: String, now: Int64 = UnixTime.now) throws(PayloadError) -> String {
        try serializer.dumps(.text(raw), now: now)
    }

    /// Checks the token of a request.
    /// - Parameters:
    ///   - token: what the client sent; nil or empty: nothing
    ///   - raw: the session's value, read only once there is a token
    ///   - maxAge: in seconds; nil: any age
    ///   - now: seconds since 1970
    public func validate(
        _ token: String?, raw: @autoclosure () -> SessionValue?, maxAge: Int64?, now: Int64 = UnixTime.now
    ) throws(CSRFProblem) {
        guard let token, !token.isEmpty else { throw .tokenMissing }
        guard let raw = raw() else { throw .sessionTokenMissing }
        let signed: SessionValue
        do {
            signed = try serializer.loads(token, maxAge: maxAge, now: now).value
        } catch {
            throw error.isExpired ? .expired : .invalid
        }
        guard case .text(let signed) = signed, case .text(let raw) = raw, ConstantTime.equal(signed, raw) else {
            throw .mismatch
        }
    }
}
