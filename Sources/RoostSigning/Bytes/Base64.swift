/// Base64 (RFC 4648) on bytes: the URL-safe alphabet without padding for signed values, the standard one with padding
/// for bytes inside a session.
enum Base64 {
    private static let standardAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")

    /// URL-safe, without padding.
    static func encodeURLSafe(_ bytes: some Collection<UInt8>) -> [UInt8] { encode(bytes, urlAlphabet) }

    /// The standard alphabet, padded with `=`.
    static func encodeStandard(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var text = encode(bytes, standardAlphabet)
        while text.count % 4 != 0 { text.append(padding) }
        return text
    }

    /// Decodes URL-safe text. Padding at the end and unused low bits are let through, as Python does; a character
    /// outside the alphabet is refused, and so is a length that no bytes have.
    static func decodeURLSafe(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == padding { end = text.index(before: end) }
        return decode(text[..<end]) { byte in
            switch byte {
            case UInt8(ascii: "-"): 62
            case UInt8(ascii: "_"): 63
            default: common(byte)
            }
        }
    }

    /// Decodes the standard alphabet; the padding must be complete.
    static func decodeStandard(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let pads = text.reversed().prefix { $0 == padding }.count
        guard pads <= 2 else { return nil }
        return decode(text.dropLast(pads)) { byte in
            switch byte {
            case UInt8(ascii: "+"): 62
            case UInt8(ascii: "/"): 63
            default: common(byte)
            }
        }
    }

    private static func encode(_ bytes: some Collection<UInt8>, _ alphabet: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3 + 3)
        var (buffer, bits) = (0, 0)
        for byte in bytes {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[buffer >> bits & 63])
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[buffer << (6 - bits) & 63]) }
        return text
    }

    private static func decode(_ text: some Collection<UInt8>, _ value: (UInt8) -> Int?) -> [UInt8]? {
        // One character alone carries six bits: no byte.
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var (buffer, bits) = (0, 0)
        for character in text {
            guard let six = value(character) else { return nil }
            buffer = buffer << 6 | six
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 255))
            }
            buffer &= (1 << bits) - 1
        }
        return bytes
    }

    private static func common(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) + 4
        default: nil
        }
    }
}

/// Base64 in the standard alphabet, for rooms above.
public enum StandardBase64 {
    /// The text of bytes, padded.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.encodeStandard(bytes), as: UTF8.self)
    }

    /// The bytes of a text; nil when it is malformed.
    public static func decode(_ text: String) -> [UInt8]? { Base64.decodeStandard(Array(text.utf8)) }
}
