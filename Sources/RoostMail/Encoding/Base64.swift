/// Base64 as RFC 2045 wants it.
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        append(bytes[...], to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends lines of 76 letters.
    static func appendLines(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count * 4 / 3 + bytes.count / 28 + 8)
        var start = 0
        while start < bytes.count {
            let end = min(start + 57, bytes.count)
            append(bytes[start..<end], to: &output)
            output += [13, 10]
            start = end
        }
    }

    private static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let rest = bytes.endIndex - index
            let word =
                UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            output.append(letters[Int(word >> 18)])
            output.append(letters[Int(word >> 12 & 63)])
            output.append(rest > 1 ? letters[Int(word >> 6 & 63)] : UInt8(ascii: "="))
            output.append(rest > 2 ? letters[Int(word & 63)] : UInt8(ascii: "="))
            index += 3
        }
    }
}
