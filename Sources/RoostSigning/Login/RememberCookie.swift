/// The value of Flask-Login's remember cookie: `ID|HMAC`, without a time. It ends when the browser drops it, or when the
/// secret key changes.
public struct RememberCookie: Sendable {
    private static let bar = UInt8(ascii: "|")
    private let key: [UInt8]

    /// - Parameter key: nil is returned for a key with characters above U+00FF: this cookie uses its Latin-1 bytes,
    ///   the session its UTF-8 bytes
    public init?(key: SecretKey) {
        guard let bytes = key.latin1 else { return nil }
        self.key = bytes
    }

    /// The cookie's value for a user.
    public func encode(_ userID: String) -> String {
        userID + "|" + String(decoding: signature(of: Array(userID.utf8)), as: UTF8.self)
    }

    /// The user of a cookie's value; nil when it does not hold.
    public func decode(_ value: String) -> String? {
        let bytes = Array(value.utf8)
        guard let split = bytes.lastIndex(of: Self.bar) else { return nil }
        let userID = Array(bytes[..<split])
        guard ConstantTime.equal(signature(of: userID), Array(bytes[(split + 1)...])) else { return nil }
        return String(decoding: userID, as: UTF8.self)
    }

    private func signature(of userID: [UInt8]) -> [UInt8] {
        Hex.encode(SigningDigest.sha512.authenticate(userID, key: key))
    }
}
