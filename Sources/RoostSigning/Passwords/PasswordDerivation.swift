internal import Crypto
internal import CryptoExtras

/// The digest of a password and a salt.
enum PasswordDerivation {
    /// Bytes of a scrypt digest, as Werkzeug has it.
    private static let scryptBytes = 64

    static func derive(
        _ password: [UInt8], _ salt: [UInt8], _ method: PasswordMethod
    ) throws(UnsupportedHash) -> [UInt8] {
        do {
            let key =
                switch method {
                case .scrypt(let cost, let blockSize, let parallelism):
                    try KDF.Scrypt.deriveKey(
                        from: password, salt: salt, outputByteCount: scryptBytes, rounds: cost, blockSize: blockSize,
                        parallelism: parallelism)
                case .pbkdf2(let digest, let iterations):
                    try KDF.Insecure.PBKDF2.deriveKey(
                        from: password, salt: salt, using: function(digest), outputByteCount: size(digest),
                        unsafeUncheckedRounds: iterations)
                }
            return key.withUnsafeBytes { Array($0) }
        } catch {
            throw UnsupportedHash(reason: "the crypto library refuses its parameters")
        }
    }

    private static func function(_ digest: SigningDigest) -> KDF.Insecure.PBKDF2.HashFunction {
        switch digest {
        case .sha1: .insecureSHA1
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }

    private static func size(_ digest: SigningDigest) -> Int {
        switch digest {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}
