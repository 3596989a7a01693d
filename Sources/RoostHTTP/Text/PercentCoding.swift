/// Percent-decoding and -encoding on bytes, so that invalid UTF-8 is data and never a crash.
public enum PercentCoding {
    /// Decodes `%XX`, and `+` as a space when asked, leaving malformed sequences as they are (as browsers' forms expect).
    public static func decode(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.underestimatedCount)
        var iterator = bytes.makeIterator()
        var pending: [UInt8] = []
        while let byte = pending.popLast() ?? iterator.next() {
            if byte == ASCII.plus, plusIsSpace {
                decoded.append(ASCII.space)
                continue
            }
            guard byte == ASCII.percent else {
                decoded.append(byte)
                continue
            }
            let high = pending.popLast() ?? iterator.next()
            let low = high == nil ? nil : pending.popLast() ?? iterator.next()
            if let high, let low, let first = ASCII.hexValue(high), let second = ASCII.hexValue(low) {
                decoded.append(first << 4 | second)
            } else {
                decoded.append(byte)
                if let low { pending.append(low) }
                if let high { pending.append(high) }
            }
        }
        return decoded
    }

    /// The offset of the first `%` that two hexadecimal digits do not follow, or nil when every one is well formed.
    static func firstMalformed(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count {
            if bytes[index] == ASCII.percent {
                guard index + 2 < bytes.count, ASCII.hexValue(bytes[index + 1]) != nil,
                    ASCII.hexValue(bytes[index + 2]) != nil
                else { return index }
                index += 2
            }
            index += 1
        }
        return nil
    }

    /// Appends `text` with everything outside the unreserved characters and `alsoAllowed` as `%XX`.
    static func append(_ text: String, alsoAllowed: StaticString, to bytes: inout [UInt8]) {
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            // Most names need no encoding, and are copied whole.
            guard utf8.allSatisfy({ isUnreserved($0) || contains(alsoAllowed, $0) }) else { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        guard !isPlain else { return }
        for byte in text.utf8 { append(byte, alsoAllowed: alsoAllowed, to: &bytes) }
    }

    /// Encodes a decoded path again, keeping its slashes.
    public static func encodePath(_ path: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        for byte in path { append(byte, alsoAllowed: inPath, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes a name or value of a query string: unreserved characters stay, a space becomes `+`.
    public static func appendQuery(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            if byte == ASCII.space { bytes.append(ASCII.plus) } else { append(byte, alsoAllowed: "", to: &bytes) }
        }
    }

    /// As `appendQuery`, leaving what addresses may show plainly: `next=/posts?page=2`. Werkzeug builds queries so.
    public static func appendQueryValue(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            if byte == ASCII.space {
                bytes.append(ASCII.plus)
            } else {
                append(byte, alsoAllowed: "!$'()*,/:;?@", to: &bytes)
            }
        }
    }

    /// Encodes what no address may hold, and leaves everything else, so that an address that is encoded already stays as it
    /// is: blanks, bytes beyond ASCII, and the characters that RFC 3986 leaves out. Control bytes stay, to be refused.
    public static func encodeAddress(_ address: String) -> String {
        let refused: StaticString = " \"<>\\^`{|}"
        guard address.utf8.contains(where: { $0 >= 0x80 || contains(refused, $0) }) else { return address }
        var bytes: [UInt8] = []
        for byte in address.utf8 {
            if byte >= 0x80 || contains(refused, byte) {
                bytes += [ASCII.percent, hexDigit(byte >> 4), hexDigit(byte & 15)]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes what goes behind `#`.
    public static func encodeAnchor(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, alsoAllowed: "%!#$&'()*+,/:;=?@", to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static let inPath: StaticString = "/!$'()*,:;=@&+"
    static let inSegment: StaticString = "!$'()*,:;=@&+"

    private static func append(_ byte: UInt8, alsoAllowed: StaticString, to bytes: inout [UInt8]) {
        if isUnreserved(byte) || contains(alsoAllowed, byte) {
            bytes.append(byte)
        } else {
            bytes.append(ASCII.percent)
            bytes.append(hexDigit(byte >> 4))
            bytes.append(hexDigit(byte & 15))
        }
    }

    /// RFC 3986, section 2.3.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.dash || byte == ASCII.dot
            || byte == ASCII.underscore || byte == UInt8(ascii: "~")
    }

    private static func contains(_ text: StaticString, _ byte: UInt8) -> Bool {
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).contains(byte)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? ASCII.zero + value : UInt8(ascii: "A") + value - 10
    }
}

extension PercentCoding {
    /// A query as the client sent it, with whatever a header may not carry encoded.
    public static func encodeQuery(_ raw: String) -> String {
        var bytes: [UInt8] = []
        append(raw, alsoAllowed: "/!$'()*,:;=@&+?%[]", to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
