/// What checking a password came to.
public enum PasswordCheck: Equatable, Sendable {
    case correct
    case wrong
    /// The stored hash cannot be checked: log it, and treat the password as wrong.
    case unsupported(UnsupportedHash)

    public var isCorrect: Bool { self == .correct }
}

/// Password hashes in Werkzeug's text form, `METHOD$SALT$HEX`: Flask and Roost check each other's.
///
/// A hash of the standard method has 162 characters: the column needs `varchar(256)` or `text`.
///
///     user.passwordHash = try PasswordHash.make(form.password)
///     guard PasswordHash.check(form.password, against: user?.passwordHash).isCorrect else { … }
public enum PasswordHash {
    /// Hashes a password for storage.
    /// - Parameters:
    ///   - password: as typed, of any length; its UTF-8 bytes count, nothing is normalised
    ///   - method: how; a salt of 16 random letters and digits is drawn
    /// - Throws: `UnsupportedHash` for a method that asks for more than the limits allow.
    public static func make(
        _ password: String, method: PasswordMethod = .standard, limits: PasswordLimits = PasswordLimits()
    ) throws(UnsupportedHash) -> String {
        if let refusal = limits.refusal(of: method) { throw refusal }
        let salt = SecureRandom.alphanumerics(16)
        let digest = try PasswordDerivation.derive(Array(password.utf8), salt, method)
        return "\(method)$\(String(decoding: salt, as: UTF8.self))$\(Hex.text(digest))"
    }

    /// Checks a password against a stored hash.
    ///
    /// Without a hash, because there is no such user, a hash is made all the same and the answer is `wrong`: who measures
    /// the time learns nothing about which users exist.
    public static func check(
        _ password: String, against hash: String?, limits: PasswordLimits = PasswordLimits()
    ) -> PasswordCheck {
        guard let hash, !hash.isEmpty else {
            spendTime(on: password)
            return .wrong
        }
        // The salt is text as it stands; a third dollar sign would belong to the digest, and no digest has one.
        let parts = hash.utf8.split(separator: UInt8(ascii: "$"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return .wrong }
        do throws(UnsupportedHash) {
            let method = try PasswordMethod(parsing: String(decoding: parts[0], as: UTF8.self))
            if let refusal = limits.refusal(of: method) { throw refusal }
            let digest = try PasswordDerivation.derive(Array(password.utf8), Array(parts[1]), method)
            return ConstantTime.equal(Hex.encode(digest), Array(parts[2])) ? .correct : .wrong
        } catch {
            return .unsupported(error)
        }
    }

    /// Whether a stored hash is weaker than a method: then hash the password again at the next login.
    ///
    /// PBKDF2 is weaker than scrypt; a hash that cannot be read is weaker than anything.
    public static func needsRehash(_ hash: String, comparedTo method: PasswordMethod = .standard) -> Bool {
        let text = hash.utf8.prefix { $0 != UInt8(ascii: "$") }
        guard let stored = try? PasswordMethod(parsing: String(decoding: text, as: UTF8.self)) else { return true }
        switch (stored, method) {
        case (.scrypt(let cost, let blockSize, let parallelism), .scrypt(let wanted, let block, let lanes)):
            // Within the limits of a cost that was accepted once; a wrapped product would only ask for a new hash.
            return cost &* blockSize &* parallelism < wanted &* block &* lanes
        case (.pbkdf2(let digest, let iterations), .pbkdf2(let wanted, let count)):
            return digest == .sha1 && wanted != .sha1 || iterations < count
        case (.pbkdf2, .scrypt): return true
        case (.scrypt, .pbkdf2): return false
        }
    }

    /// Takes as long as checking a hash of the standard method.
    private static func spendTime(on password: String) {
        _ = try? PasswordDerivation.derive(Array(password.utf8), Array("0123456789abcdef".utf8), .standard)
    }
}
