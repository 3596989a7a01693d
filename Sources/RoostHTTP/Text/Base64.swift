/// Base64 of RFC 4648, strict, for credentials.
enum Base64 {
    /// The bytes of a text; nil when it holds anything else or its length is wrong.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var digits = text[...]
        while digits.count > 0, text.count % 4 == 0, text.count - digits.count < 2,
            digits.suffix(1).first == ASCII.equals
        {
            digits = digits.dropLast(1)
        }
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in digits {
            guard let value = value(byte) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    static func encode(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(digits[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(digits[Int(bits << UInt32(6 - count) & 63)]) }
        while text.count % 4 != 0 { text.append(ASCII.equals) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case ASCII.zero...ASCII.nine: UInt32(byte - ASCII.zero) + 52
        case ASCII.plus: 62
        case ASCII.slash: 63
        default: nil
        }
    }
}
