/// Flask-Login's fingerprint of a browser, which a session is bound to: address and user agent, digested.
public enum LoginIdentifier {
    /// The identifier: 128 hexadecimal digits.
    /// - Parameters:
    ///   - address: bytes of the peer's address; nil when unknown
    ///   - forwardedFor: bytes of the X-Forwarded-For header; its first item replaces the address, also when empty
    ///   - userAgent: bytes of the User-Agent header; nil when there is none
    public static func make(address: [UInt8]?, forwardedFor: [UInt8]?, userAgent: [UInt8]?) -> String {
        Hex.text(SigningDigest.sha512.hash(base(address: address, forwardedFor: forwardedFor, userAgent: userAgent)))
    }

    /// What is digested: the two texts as Python prints byte strings, or `None`.
    package static func base(address: [UInt8]?, forwardedFor: [UInt8]?, userAgent: [UInt8]?) -> [UInt8] {
        literal(forwardedFor.map(firstItem) ?? address) + [UInt8(ascii: "|")] + literal(userAgent)
    }

    private static func literal(_ header: [UInt8]?) -> [UInt8] {
        guard let header else { return Array("None".utf8) }
        return BytesLiteral.text(latin1AsUTF8(header))
    }

    /// Python's server interface hands headers over as Latin-1 text, which is then encoded as UTF-8: UTF-8 in a header is
    /// encoded twice.
    private static func latin1AsUTF8(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
    }

    private static func firstItem(_ header: [UInt8]) -> [UInt8] {
        let item = header.prefix { $0 != UInt8(ascii: ",") }
        return Array(item.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// What Python's `strip()` takes for space among Latin-1 characters.
    private static func isSpace(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0: true
        default: false
        }
    }
}
