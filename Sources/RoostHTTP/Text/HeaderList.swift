/// Headers that are lists: `a, "b, c", d`.
enum HeaderList {
    /// The items between the commas that stand outside quotes, trimmed, empty ones left out.
    ///
    /// A text whose quotes never close has no items, as in Werkzeug: what is meant cannot be known.
    static func items(_ header: some BidirectionalCollection<UInt8>) -> [[UInt8]] {
        var (items, item): ([[UInt8]], [UInt8]) = ([], [])
        var (quoted, escaped) = (false, false)
        for byte in header {
            if byte == ASCII.comma, !quoted {
                items.append(Array(item.trimmed()))
                item = []
                continue
            }
            if escaped {
                escaped = false
            } else if byte == ASCII.backslash {
                escaped = quoted
            } else if byte == ASCII.quote {
                quoted.toggle()
            }
            item.append(byte)
        }
        if quoted { return [] }
        items.append(Array(item.trimmed()))
        return items.filter { !$0.isEmpty }
    }

    /// The text between quotes; a text without quotes is what it is.
    static func unquoted(_ item: [UInt8]) -> [UInt8] {
        guard item.count >= 2, item.first == ASCII.quote, item.last == ASCII.quote else { return item }
        return unescaped(item[1..<item.count - 1])
    }

    /// Takes the backslash off whatever it stands before.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(ASCII.backslash) else { return Array(bytes) }
        var plain: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == ASCII.backslash, index + 1 < bytes.endIndex { index += 1 }
            plain.append(bytes[index])
            index += 1
        }
        return plain
    }
}
