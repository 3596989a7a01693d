/// Byte strings as Python prints them, `b'…'`: messages carry them, and the login identifier is a digest of them.
enum BytesLiteral {
    /// The literal. The quote is `'`, or `"` when the bytes hold `'` and no `"`.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        let single = UInt8(ascii: "'")
        let double = UInt8(ascii: "\"")
        let quote = bytes.contains(single) && !bytes.contains(double) ? double : single
        var text = [UInt8(ascii: "b"), quote]
        for byte in bytes { append(byte, quote: quote, to: &text) }
        text.append(quote)
        return text
    }

    private static func append(_ byte: UInt8, quote: UInt8, to text: inout [UInt8]) {
        let backslash = UInt8(ascii: "\\")
        switch byte {
        case quote, backslash: text += [backslash, byte]
        case UInt8(ascii: "\t"): text += [backslash, UInt8(ascii: "t")]
        case UInt8(ascii: "\n"): text += [backslash, UInt8(ascii: "n")]
        case UInt8(ascii: "\r"): text += [backslash, UInt8(ascii: "r")]
        case 0x20..<0x7F: text.append(byte)
        default: text += [backslash, UInt8(ascii: "x")] + Hex.encode(CollectionOfOne(byte))
        }
    }
}
