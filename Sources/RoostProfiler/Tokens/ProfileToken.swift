public import RoostSigning

/// A signed permission to profile requests, until a time, for one user or below one path.
///
/// It travels in the cookie `roost_profile` or the header `X-Roost-Profile`. Its text is `expiry.user.path.signature`,
/// user and path in hexadecimal; the signature is itsdangerous' with HMAC-SHA256 under a salt of its own.
public struct ProfileToken: Equatable, Sendable {
    public static let cookie = "roost_profile"
    public static let header = "X-Roost-Profile"
    /// A longer text is no token.
    static let limit = 1024

    /// Seconds since 1970.
    public let expires: Int64
    /// The user whose requests may be profiled; nil for everybody's.
    public let user: String?
    /// The path below which requests may be profiled; nil for all.
    public let path: String?

    public init(expires: Int64, user: String? = nil, path: String? = nil) {
        (self.expires, self.user, self.path) = (expires, user, path)
    }

    /// Why a token is not accepted.
    public enum Refusal: Error, Equatable, CustomStringConvertible {
        case malformed, forged, expired, otherPath, otherUser

        public var description: String {
            switch self {
            case .malformed: "it is no token"
            case .forged: "its signature does not match"
            case .expired: "it has expired"
            case .otherPath: "it is for another path"
            case .otherUser: "it is for another user"
            }
        }
    }

    public func signed(with key: SecretKey) throws -> String {
        let fields = [String(expires), Self.hex(user ?? ""), Self.hex(path ?? "")]
        return try Self.signer(key).sign(fields.joined(separator: "."))
    }

    /// Reads a token that a request carries.
    /// - Parameter now: seconds since 1970.
    public init(_ text: String, key: SecretKey, now: Int64) throws {
        guard text.utf8.count <= Self.limit else { throw Refusal.malformed }
        let value: String
        do {
            value = try Self.signer(key).unsign(text)
        } catch is SigningError {
            throw Refusal.forged
        }
        let fields = value.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard fields.count == 3, let expires = Int64(String(decoding: fields[0], as: UTF8.self)),
            let user = Self.text(hex: fields[1]), let path = Self.text(hex: fields[2])
        else { throw Refusal.malformed }
        guard now < expires else { throw Refusal.expired }
        self.init(expires: expires, user: user.isEmpty ? nil : user, path: path.isEmpty ? nil : path)
    }

    /// Whether a request's path lies below the token's: `/api` allows `/api` and `/api/posts`, not `/apix`.
    func allows(path requested: String) -> Bool {
        guard let path else { return true }
        let below = path.hasSuffix("/") ? path : path + "/"
        return requested == path || requested.utf8.starts(with: below.utf8)
    }

    private static func signer(_ key: SecretKey) throws -> Signer {
        try Signer(keys: [key], salt: "roost.profile", derivation: .hmac, digest: .sha256)
    }

    private static func hex(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func text(hex: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var half: UInt8?
        for digit in hex {
            guard let value = Self.value(digit) else { return nil }
            if let high = half {
                bytes.append(high << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        return half == nil ? String(validating: bytes, as: UTF8.self) : nil
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        if digit &- 48 < 10 { return digit - 48 }
        return digit &- 97 < 6 ? digit - 87 : nil
    }
}
