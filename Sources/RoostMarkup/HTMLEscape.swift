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

    /// Looks at sixteen bytes at a time: most text has nothing to escape.
    @inline(__always)
    static func nextSpecial(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start
        if bytes.count - position >= 16, let base = UnsafeRawPointer(bytes.baseAddress) {
            while position + 16 <= bytes.count {
                let chunk = base.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
                let ampersandOrQuote = (chunk & SIMD16(repeating: 0xFE)) .== SIMD16(repeating: 0x26)
                let angle = (chunk & SIMD16(repeating: 0xFD)) .== SIMD16(repeating: 0x3C)
                let doubleQuote = chunk .== SIMD16(repeating: 0x22)
                if any(ampersandOrQuote .| angle .| doubleQuote) { break }
                position += 16
            }
        }
        while position < bytes.count, !isSpecial(bytes[position]) { position += 1 }
        return position
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
