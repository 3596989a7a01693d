/// Finds addresses of links that CommonMark takes for none: with blanks inside, as in `[label](/b c "title")`.
enum LinkAddress {
    /// The first such address in a line; none of an image. cmark judges whether it belongs to a link.
    static func find(in text: ArraySlice<UInt8>) -> Range<Int>? {
        var isInLabel = false
        var before: UInt8 = 0
        for index in text.indices {
            let byte = text[index]
            if byte == Byte.openingBracket {
                isInLabel = before != Byte.exclamation
            } else if byte == Byte.closingBracket {
                if isInLabel, let address = address(behindLabel: text[(index + 1)...]) { return address }
                isInLabel = false
            }
            before = byte
        }
        return nil
    }

    private static func address(behindLabel text: ArraySlice<UInt8>) -> Range<Int>? {
        guard text.first == Byte.openingParenthesis else { return nil }
        let inside = text.dropFirst().prefix { !ends.contains($0) }
        guard let end = text[inside.endIndex...].first, let last = inside.last else { return nil }
        let isTitleNext = (end == Byte.quotation || end == Byte.apostrophe) && Byte.isBlank(last)
        guard isTitleNext || end == Byte.closingParenthesis else { return nil }
        let address = inside.drop { Byte.isBlank($0) }
        let length = address.count - address.reversed().prefix { Byte.isBlank($0) }.count
        let trimmed = address.prefix(max(0, length))
        return trimmed.contains { Byte.isBlank($0) } ? trimmed.startIndex..<trimmed.endIndex : nil
    }

    private static let ends = Array("()[]<>\"'`\\".utf8)
}
