/// Signs byte strings as itsdangerous' `Signer` does: value, separator, URL-safe Base64 of an HMAC.
///
/// The newest key signs; all keys verify, the newest first.
public struct Signer: Sendable {
    /// How the key of the HMAC comes from the secret key and the salt.
    public enum KeyDerivation: String, Sendable {
        /// digest(salt ‖ "signer" ‖ key)
        case djangoConcat = "django-concat"
        /// digest(salt ‖ key)
        case concat
        /// HMAC(key, salt)
        case hmac
        /// The key itself.
        case none
    }

    public let digest: SigningDigest
    let separator: UInt8
    /// Derived keys, the newest first.
    private let derivedKeys: [[UInt8]]

    /// Makes a signer.
    /// - Parameters:
    ///   - keys: the oldest first, the newest last; at least one
    ///   - salt: keeps signatures of one purpose from serving another
    ///   - separator: one ASCII character outside `A-Za-z0-9-_=`
    /// - Throws: `SignerSetupError` for a separator that Base64 may contain, or no key.
    public init(
        keys: [SecretKey], salt: String = "itsdangerous.Signer", separator: Character = ".",
        derivation: KeyDerivation = .djangoConcat, digest: SigningDigest = .sha1
    ) throws(SignerSetupError) {
        guard !keys.isEmpty else { throw SignerSetupError(description: "a signer needs at least one key") }
        guard let byte = separator.asciiValue, !Self.isBase64(byte) else {
            throw SignerSetupError(
                description:
                    "\"\(separator)\" cannot separate a signature: take an ASCII character outside A-Za-z0-9-_=")
        }
        self.init(trusted: keys, salt: salt, separator: byte, derivation: derivation, digest: digest)
    }

    /// For the signers of this room, whose separator is known to be good.
    init(
        trusted keys: [SecretKey], salt: String, separator: UInt8 = UInt8(ascii: "."),
        derivation: KeyDerivation = .djangoConcat, digest: SigningDigest = .sha1
    ) {
        self.digest = digest
        self.separator = separator
        derivedKeys = keys.reversed().map { Self.derive($0.bytes, Array(salt.utf8), derivation, digest) }
    }

    /// The value with its signature behind it.
    public func sign(_ value: [UInt8]) -> [UInt8] {
        value + [separator] + Base64.encodeURLSafe(signature(of: value, key: derivedKeys[0]))
    }

    /// The text with its signature behind it.
    public func sign(_ value: String) -> String { String(decoding: sign(Array(value.utf8)), as: UTF8.self) }

    /// Takes the signature off a value that holds.
    /// - Throws: `SigningError.badSignature`, with the unverified value when there was a separator.
    public func unsign(_ signed: [UInt8]) throws(SigningError) -> [UInt8] {
        guard let split = signed.lastIndex(of: separator) else {
            throw .badSignature("No \(Self.literal([separator])) found in value", unverified: nil)
        }
        let (value, mac) = (Array(signed[..<split]), Array(signed[(split + 1)...]))
        guard verifies(value, mac) else {
            throw .badSignature("Signature \(Self.literal(mac)) does not match", unverified: value)
        }
        return value
    }

    /// Takes the signature off a text that holds; bytes that are not UTF-8 are replaced.
    public func unsign(_ signed: String) throws(SigningError) -> String {
        String(decoding: try unsign(Array(signed.utf8)), as: UTF8.self)
    }

    /// The derived key that signs, for checks against other implementations.
    package var derivedKey: [UInt8] { derivedKeys[0] }

    private func verifies(_ value: [UInt8], _ mac: [UInt8]) -> Bool {
        guard let mac = Base64.decodeURLSafe(mac) else { return false }
        return derivedKeys.contains { ConstantTime.equal(mac, signature(of: value, key: $0)) }
    }

    private func signature(of value: [UInt8], key: [UInt8]) -> [UInt8] { digest.authenticate(value, key: key) }

    private static func derive(
        _ key: [UInt8], _ salt: [UInt8], _ derivation: KeyDerivation, _ digest: SigningDigest
    ) -> [UInt8] {
        switch derivation {
        case .djangoConcat: digest.hash(salt + Array("signer".utf8) + key)
        case .concat: digest.hash(salt + key)
        case .hmac: digest.authenticate(salt, key: key)
        case .none: key
        }
    }

    private static func literal(_ bytes: [UInt8]) -> String {
        String(decoding: BytesLiteral.text(bytes), as: UTF8.self)
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "=")
    }
}
