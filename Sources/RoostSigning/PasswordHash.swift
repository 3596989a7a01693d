internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// Password hashes in the text form that Werkzeug writes: `pbkdf2:sha256:ROUNDS$SALT$HEX`.
public enum PasswordHash {
    /// Rounds for new hashes (OWASP's figure for PBKDF2 with SHA-256).
    public static let rounds = 600_000
    private static let saltAlphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    private static let keyBytes = 32

    /// Hashes a password for storage.
    /// - Parameters:
    ///   - password: as typed, any length.
    ///   - rounds: PBKDF2 iterations.
    /// - Returns: 102 characters with the default rounds.
    public static func make(_ password: String, rounds: Int = rounds) throws -> String {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in saltAlphabet[Int.random(in: saltAlphabet.indices, using: &random)] }
        let digest = try derive(password, salt, rounds)
        return "pbkdf2:sha256:\(rounds)$\(String(decoding: salt, as: UTF8.self))$\(hex(digest))"
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ rounds: Int) throws -> [UInt8] {
        let key = try KDF.Insecure.PBKDF2.deriveKey(
            from: Array(password.utf8), salt: salt, using: .sha256, outputByteCount: keyBytes,
            unsafeUncheckedRounds: rounds)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
