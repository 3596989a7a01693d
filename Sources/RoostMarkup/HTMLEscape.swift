/// Escaping of text for HTML, on UTF-8 bytes.
///
/// The five special characters become `&amp;` `&lt;` `&gt;` `&#34;` `&#39;`, exactly as MarkupSafe writes them.
public enum HTMLEscape {
    /// Appends `text` to `output` with the special characters escaped.
    public static func append(_ text: String, to output: inout [UInt8]) {
        if text.utf8.withContiguousStorageIfAvailable({ append($0, to: &output) }) == nil {
            var copy = text
            copy.withUTF8 { append($0, to: &output) }
        }
    }

    /// Appends `bytes`, UTF-8 text, to `output` with the special characters escaped.
    public static func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var clean = 0
        var position = nextSpecial(in: bytes, from: 0)
        while position < bytes.count {
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[clean..<position]))
            appendEntity(for: bytes[position], to: &output)
            clean = position + 1
            position = nextSpecial(in: bytes, from: clean)
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[clean...]))
    }

    /// Whether `text` contains a character that escaping would change.
    public static func isNeeded(for text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { nextSpecial(in: $0, from: 0) < $0.count }
            ?? text.utf8.contains(where: isSpecial)
    }

    /// The escaped text; `text` itself when nothing needs escaping.
    public static func escaped(_ text: String) -> String {
        guard isNeeded(for: text) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        // & and ' differ in the lowest bit, < and > in the second lowest.
        byte & 0xFE == 0x26 || byte & 0xFD == 0x3C || byte == 0x22
    }

    /// Looks at eight bytes at a time: most text has nothing to escape.
    @inline(__always)
    static func nextSpecial(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start
        if let base = UnsafeRawPointer(bytes.baseAddress) {
            while position + 8 <= bytes.count {
                let found = specials(base.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian)
                if found != 0 { return position + found.trailingZeroBitCount / 8 }
                position += 8
            }
            // The last bytes once more together with some that are known to be clean.
            if position < bytes.count, bytes.count >= 8 {
                let tail = base.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self).littleEndian
                let found = specials(tail) >> UInt64((position - (bytes.count - 8)) * 8)
                return found == 0 ? bytes.count : position + found.trailingZeroBitCount / 8
            }
        }
        while position < bytes.count, !isSpecial(bytes[position]) { position += 1 }
        return position
    }

    /// The high bit of every byte that is special, and of no other one.
    @inline(__always)
    private static func specials(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let ampersandOrQuote = (word & (ones &* 0xFE)) ^ (ones &* 0x26)
        let angle = (word & (ones &* 0xFD)) ^ (ones &* 0x3C)
        let doubleQuote = word ^ (ones &* 0x22)
        return zeros(ampersandOrQuote) | zeros(angle) | zeros(doubleQuote)
    }

    /// The high bit of every byte that is zero. Nothing is carried from byte to byte: the shorter formula with a
    /// subtraction also marks a 1 behind a 0, and the search from the end would take that for a special byte.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & low) &+ low) | word | low)
    }

    private static func appendEntity(for byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case 0x26: append("&amp;", &output)
        case 0x3C: append("&lt;", &output)
        case 0x3E: append("&gt;", &output)
        case 0x22: append("&#34;", &output)
        default: append("&#39;", &output)
        }
    }

    @inline(__always)
    private static func append(_ entity: StaticString, _ output: inout [UInt8]) {
        output.append(contentsOf: UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount))
    }
}
