/// How a password is turned into a digest, in Werkzeug's notation: `scrypt:32768:8:1`, `pbkdf2:sha256:1000000`.
public enum PasswordMethod: Sendable, Equatable, CustomStringConvertible {
    /// scrypt (RFC 7914). The cost is a power of two; memory is about 128 × cost × blockSize bytes.
    case scrypt(cost: Int, blockSize: Int, parallelism: Int)
    /// PBKDF2 (RFC 8018) with HMAC.
    case pbkdf2(SigningDigest, iterations: Int)

    /// What new hashes use, as Werkzeug 3 does: 34 MB of memory for a moment.
    public static let standard = PasswordMethod.scrypt(cost: 32_768, blockSize: 8, parallelism: 1)
    /// Iterations that Werkzeug takes for `pbkdf2` when the hash names none.
    static let standardIterations = 1_000_000

    public var description: String {
        switch self {
        case .scrypt(let cost, let blockSize, let parallelism): "scrypt:\(cost):\(blockSize):\(parallelism)"
        case .pbkdf2(let digest, let iterations): "pbkdf2:\(digest.rawValue):\(iterations)"
        }
    }

    /// Reads Werkzeug's notation, its short forms included.
    /// - Throws: `UnsupportedHash` for another method, or numbers that are none.
    init(parsing text: some StringProtocol) throws(UnsupportedHash) {
        let words = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch words[0] {
        case "scrypt": self = try Self.scrypt(words.dropFirst().map { $0 })
        case "pbkdf2": self = try Self.pbkdf2(words.dropFirst().map { $0 })
        default: throw UnsupportedHash(reason: "its method is neither scrypt nor pbkdf2")
        }
    }

    private static func scrypt(_ words: [String]) throws(UnsupportedHash) -> PasswordMethod {
        if words.isEmpty { return .standard }
        guard words.count == 3 else { throw UnsupportedHash(reason: "scrypt takes three numbers") }
        let (cost, blockSize, parallelism) = (try number(words[0]), try number(words[1]), try number(words[2]))
        guard cost > 1, cost & (cost - 1) == 0 else {
            throw UnsupportedHash(reason: "the cost of scrypt is no power of two")
        }
        return .scrypt(cost: cost, blockSize: blockSize, parallelism: parallelism)
    }

    private static func pbkdf2(_ words: [String]) throws(UnsupportedHash) -> PasswordMethod {
        guard words.count <= 2 else { throw UnsupportedHash(reason: "pbkdf2 takes a digest and a number") }
        let name = words.first ?? "sha256"
        guard let digest = SigningDigest(rawValue: name), digest != .sha384 else {
            throw UnsupportedHash(reason: "the digest of pbkdf2 is not sha1, sha256 or sha512")
        }
        return .pbkdf2(digest, iterations: words.count == 2 ? try number(words[1]) : standardIterations)
    }

    /// A number from 1 on, in digits alone.
    private static func number(_ text: String) throws(UnsupportedHash) -> Int {
        guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text), number > 0
        else { throw UnsupportedHash(reason: "one of its parameters is no number from 1 on") }
        return number
    }
}

/// Why a stored hash cannot be checked at all. It tells nothing of the hash itself.
public struct UnsupportedHash: Error, Equatable, CustomStringConvertible {
    public let reason: String
    public var description: String { "the stored password hash is not supported: \(reason)" }
}

/// How much work a stored hash may ask for, so that one bad row cannot stop a worker.
public struct PasswordLimits: Sendable {
    /// Cost × block size × parallelism of scrypt; 128 bytes of memory each.
    public var scryptProduct = 1_048_576
    /// Iterations of PBKDF2.
    public var iterations = 5_000_000

    public init() {}

    func refusal(of method: PasswordMethod) -> UnsupportedHash? {
        switch method {
        case .scrypt(let cost, let blockSize, let parallelism):
            let most = scryptProduct
            let fits = cost <= most && blockSize <= most / cost && parallelism <= most / (cost * blockSize)
            return fits ? nil : UnsupportedHash(reason: "it asks for too much memory")
        case .pbkdf2(_, let iterations):
            return iterations > self.iterations ? UnsupportedHash(reason: "it asks for too many iterations") : nil
        }
    }
}
