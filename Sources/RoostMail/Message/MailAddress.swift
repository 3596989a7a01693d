/// An address with or without a name: `john@example.com`, `John Smith <john@example.com>`.
public struct MailAddress: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name a reader sees; empty when there is none.
    public let name: String
    /// The address itself.
    public let address: String

    public init(_ address: String, name: String = "") {
        self.name = name
        self.address = address
    }

    /// Reads `Name <address>`, with or without quotes around the name, or a bare address. Nothing is checked before the
    /// message is sent.
    public init(stringLiteral text: String) { self.init(parsing: text) }

    /// As the literal, for texts known when the program runs.
    public init(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.last == UInt8(ascii: ">"), let open = bytes.lastIndex(of: UInt8(ascii: "<")) else {
            self.init(text)
            return
        }
        var name = bytes[..<open]
        while name.last == UInt8(ascii: " ") { name.removeLast() }
        if name.count >= 2, name.first == UInt8(ascii: "\""), name.last == UInt8(ascii: "\"") {
            name = Self.unquoted(name.dropFirst().dropLast())[...]
        }
        self.init(
            String(decoding: bytes[(open + 1)...].dropLast(), as: UTF8.self),
            name: String(decoding: name, as: UTF8.self))
    }

    public var description: String { name.isEmpty ? address : "\(name) <\(address)>" }

    /// - Throws: `MailError` when the address could break out of its place in a command or a header.
    func check(as place: String) throws(MailError) {
        let bytes = address.utf8
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at != bytes.startIndex,
            bytes.index(after: at) != bytes.endIndex, bytes.count <= 320
        else { throw MailError(.invalidMessage, "\(place): \(address.debugDescription) is no mail address") }
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
        guard isPlain else {
            throw MailError(
                .invalidMessage, "\(place): \(address.debugDescription) holds a character that no mail address may have"
            )
        }
        try HeaderText.check(name, in: place)
    }

    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var isEscaped = false
        for byte in bytes {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                output.append(byte)
                isEscaped = false
            }
        }
        return output
    }
}
