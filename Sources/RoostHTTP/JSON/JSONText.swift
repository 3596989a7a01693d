/// Strings and integers as JSON text, on bytes.
enum JSONText {
    /// Appends a string between quotes. Clean runs are copied whole; the scan reads eight bytes at a time.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(ASCII.quote)
        var text = text
        text.withUTF8 { escape($0, into: &bytes) }
        bytes.append(ASCII.quote)
    }

    static func escape(_ text: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]) {
        var clean = 0
        while clean < text.count {
            let special = firstSpecial(in: text, from: clean)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[clean..<special]))
            if special < text.count { appendEscape(text[special], to: &bytes) }
            clean = special + 1
        }
    }

    static func append(integer: some FixedWidthInteger, to bytes: inout [UInt8]) {
        if integer < 0 { bytes.append(ASCII.dash) }
        var rest = UInt64(integer.magnitude)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = 20
            repeat {
                start -= 1
                digits[start] = ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start..<20]))
        }
    }

    /// The next quote, backslash or control byte, or the end.
    private static func firstSpecial(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = text.baseAddress else { return 0 }
        var index = start
        while index + 8 <= text.count {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            if hasSpecial(word) { break }
            index += 8
        }
        while index < text.count, !isSpecial(base[index]) { index += 1 }
        return index
    }

    /// Whether any of eight bytes is special: the classic "a byte less than n" and "a byte equal to n" on a word.
    @inline(__always)
    private static func hasSpecial(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let control = (word &- ones &* 0x20) & ~word
        let quotes = word ^ ones &* UInt64(ASCII.quote)
        let slashes = word ^ ones &* UInt64(ASCII.backslash)
        return (control | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)) & tops != 0
    }

    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(ASCII.backslash)
        switch byte {
        case ASCII.lineFeed: bytes.append(UInt8(ascii: "n"))
        case ASCII.carriageReturn: bytes.append(UInt8(ascii: "r"))
        case ASCII.tab: bytes.append(UInt8(ascii: "t"))
        case ASCII.quote, ASCII.backslash: bytes.append(byte)
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(ASCII.zero + byte >> 4)
            bytes.append(byte & 15 < 10 ? ASCII.zero + byte & 15 : UInt8(ascii: "a") + (byte & 15) - 10)
        }
    }
}
