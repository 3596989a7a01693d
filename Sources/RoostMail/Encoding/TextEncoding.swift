/// How the text of a mail goes over the wire.
enum TextEncoding: String {
    case sevenBit = "7bit"
    case quotedPrintable = "quoted-printable"
    case base64

    /// The text in lines that end with CR LF, encoded by whatever is smallest, and the name of the encoding.
    static func encode(_ text: String) -> (TextEncoding, [UInt8]) {
        let bytes = lines(text)
        let special = bytes.count { $0 >= 0x80 || $0 == 0 || $0 == UInt8(ascii: "=") }
        if special == bytes.count(where: { $0 == UInt8(ascii: "=") }), hasShortLines(bytes) {
            return (.sevenBit, bytes)
        }
        var output: [UInt8] = []
        // Quoted-printable writes such a byte as three, base64 every three bytes as four.
        if special * 6 > bytes.count {
            Base64.appendLines(bytes, to: &output)
            return (.base64, output)
        }
        appendQuoted(bytes, to: &output)
        return (.quotedPrintable, output)
    }

    /// Every line break as CR LF, and one at the end.
    private static func lines(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + text.utf8.count / 32 + 2)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 10 {
                output += previous == 13 ? [10] : [13, 10]
            } else {
                if previous == 13 { output.append(10) }
                output.append(byte)
            }
            previous = byte
        }
        if previous == 13 { output.append(10) } else if previous != 10, !output.isEmpty { output += [13, 10] }
        return output
    }

    private static func hasShortLines(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: 10).allSatisfy { $0.count <= 990 }
    }

    /// RFC 2045, 6.7: lines of 76 bytes at most, soft breaks between them.
    private static func appendQuoted(_ bytes: [UInt8], to output: inout [UInt8]) {
        var width = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 13 || byte == 10 {
                output.append(byte)
                width = 0
                continue
            }
            let endsLine = index + 1 == bytes.count || bytes[index + 1] == 13
            let isBlank = byte == 32 || byte == 9
            let isPlain = isBlank ? !endsLine : byte > 32 && byte < 127 && byte != UInt8(ascii: "=")
            let size = isPlain ? 1 : 3
            if width + size > (endsLine ? 76 : 75) {
                output += [UInt8(ascii: "="), 13, 10]
                width = 0
            }
            if isPlain { output.append(byte) } else { appendHex(byte, to: &output) }
            width += size
        }
    }

    private static func appendHex(_ byte: UInt8, to output: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        output += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
