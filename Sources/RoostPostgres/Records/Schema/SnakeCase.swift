/// The way from a Swift property's name to a column's.
enum SnakeCase {
    /// `authorID` → `author_id`, `bodyHTML` → `body_html`, `isURLSafe` → `is_url_safe`.
    static func from(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var out: [UInt8] = []
        for index in bytes.indices {
            if startsWord(index, in: bytes), out.last != UInt8(ascii: "_") { out.append(UInt8(ascii: "_")) }
            out.append(isUpper(bytes[index]) ? bytes[index] | 0x20 : bytes[index])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A capital after a small letter, or the last of several capitals before a small letter.
    private static func startsWord(_ index: Int, in bytes: [UInt8]) -> Bool {
        guard index > 0, isUpper(bytes[index]) else { return false }
        if !isUpper(bytes[index - 1]) { return true }
        return index + 1 < bytes.count && (0x61...0x7A).contains(bytes[index + 1])
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}
