/// Headers of mails: RFC 5322 lines, RFC 2047 words for what is not ASCII.
enum HeaderText {
    /// Refuses what could begin another header.
    static func check(_ text: String, in place: String) throws(MailError) {
        let isClean = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
        guard isClean else {
            throw MailError(.invalidMessage, "\(place) holds a line break or another control character")
        }
    }

    /// Appends `Name: value`, folded where it has blanks.
    static func append(_ name: String, _ value: String, to output: inout [UInt8]) {
        let words =
            needsEncoding(value)
            ? encodedWords(value, behind: name.utf8.count + 2)
            : value.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        append(name, words, separator: " ", to: &output)
    }

    /// Appends a list of addresses.
    static func append(_ name: String, _ addresses: [MailAddress], to output: inout [UInt8]) {
        guard !addresses.isEmpty else { return }
        let last = addresses.count - 1
        let words = addresses.enumerated().flatMap { index, address in
            var words = Self.words(of: address, behind: index == 0 ? name.utf8.count + 2 : 1)
            if index < last { words[words.count - 1] += "," }
            return words
        }
        append(name, words, separator: " ", to: &output)
    }

    /// Lines of 76 bytes at most, unless one word is longer.
    static func append(_ name: String, _ words: [String], separator: String, to output: inout [UInt8]) {
        var line = name + ":"
        var isFirst = true
        for word in words {
            if !isFirst, line.utf8.count + 1 + word.utf8.count > 76, !word.isEmpty {
                output += Array(line.utf8) + [13, 10]
                line = ""
            }
            line += " " + word
            isFirst = false
        }
        output += Array(line.utf8) + [13, 10]
    }

    private static func words(of address: MailAddress, behind width: Int) -> [String] {
        guard !address.name.isEmpty else { return [address.address] }
        let name: [String]
        if needsEncoding(address.name) {
            name = encodedWords(address.name, behind: width)
        } else if address.name.utf8.allSatisfy({ isAtom($0) || $0 == UInt8(ascii: " ") }) {
            name = address.name.split(separator: " ").map(String.init)
        } else {
            name = ["\"" + address.name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""]
        }
        return name + ["<\(address.address)>"]
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    /// Whether a text cannot stand in a header as it is: not ASCII, or it would be read as an encoded word, or a word
    /// is longer than a line may be.
    private static func needsEncoding(_ text: String) -> Bool {
        if text.utf8.contains(where: { $0 >= 0x80 }) || text.contains("=?") { return true }
        if text.hasPrefix(" ") || text.hasSuffix(" ") { return true }
        return text.utf8.split(separator: UInt8(ascii: " ")).contains { $0.count > 900 }
    }

    /// `=?utf-8?B?…?=` words of whole code points, for lines of 76 bytes of which the first begins `width` bytes late.
    static func encodedWords(_ text: String, behind width: Int) -> [String] {
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // The blank and 12 bytes of frame leave 63, which hold 45 bytes in base64.
            let room = words.isEmpty ? max(4, (76 - width - 12) / 4 * 3) : 45
            if piece.count + bytes.count > room {
                words.append(word(piece))
                piece = []
            }
            piece += bytes
        }
        words.append(word(piece))
        return words
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Base64.text(bytes))?=" }

    /// A parameter of a header: `; filename="a.txt"`, by RFC 2231 when it is not plain ASCII.
    static func parameter(_ name: String, _ value: String) -> String {
        let isPlain = value.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain, value.utf8.count < 60 { return "\(name)=\"\(value)\"" }
        var encoded = ""
        for byte in value.utf8 {
            let isPlain = (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || "-._~".utf8.contains(byte)
            if isPlain {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return "\(name)*=utf-8''\(encoded)"
    }
}
