/// Random bytes from the kernel. Nothing is kept between calls, so a forked worker never repeats its parent's.
public enum SecureRandom {
    /// So many random bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// Random bytes as URL-safe Base64 text: 32 bytes are 43 characters.
    public static func text(bytes count: Int) -> String {
        String(decoding: Base64.encodeURLSafe(bytes(count)), as: UTF8.self)
    }

    /// Letters and digits, each equally likely: what Werkzeug salts passwords with.
    static func alphanumerics(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
}
