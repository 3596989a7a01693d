/// What is put into a text to make CommonMark read it as the book's Markdown, and how it is taken out again.
///
/// Only cmark knows which part of a text is code or raw HTML, and there nothing may change. So each insertion carries a
/// mark by which it is found afterwards, wherever cmark put it. The marks are noncharacters, which Unicode keeps for
/// use inside a program; one that somebody typed is taken for ours and goes.
enum ClassicMark {
    /// Beside backticks or tildes at the beginning of a line: no block begins there.
    static let fence: [UInt8] = lead + [fenceByte]
    /// Between a heading's hashes and its text, with the blanks that CommonMark asks for.
    static let heading: [UInt8] = [blank] + lead + [headingByte, blank]
    /// An empty line that ends a block of raw HTML. A processing instruction, as it does not end a comment.
    static let line: [UInt8] = lineStart + lead + [lineByte] + lineEnd
    /// Round an address with blanks, with the brackets that CommonMark asks for.
    static let addressStart: [UInt8] = [Byte.less] + lead + [addressByte]
    static let addressEnd: [UInt8] = lead + [addressByte, Byte.greater]

    // U+FDD0 to U+FDD3 in UTF-8.
    private static let lead: [UInt8] = [0xEF, 0xB7]
    private static let fenceByte: UInt8 = 0x90
    private static let headingByte: UInt8 = 0x91
    private static let lineByte: UInt8 = 0x92
    private static let addressByte: UInt8 = 0x93

    private static let blank = UInt8(ascii: " ")
    private static let lineStart = Array("\n<?".utf8)
    private static let lineEnd = Array("?>\n".utf8)

    /// The text as it was typed; nil when it holds no mark.
    static func removed(from text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while index + 2 < text.count {
            let isMark = text[index] == lead[0] && text[index + 1] == lead[1]
            guard isMark, (fenceByte...addressByte).contains(text[index + 2]) else {
                index += 1
                continue
            }
            result += text[copied..<index]
            let mark = text[index + 2]
            index += 3
            copied = index + dropInsertion(around: mark, text[index...], &result)
            index = copied
        }
        guard copied > 0 else { return nil }
        result += text[copied...]
        return result
    }

    /// Takes what was inserted before the mark from `result`; how many bytes behind it belong to it too.
    private static func dropInsertion(
        around mark: UInt8, _ behind: Slice<UnsafeBufferPointer<UInt8>>, _ result: inout [UInt8]
    ) -> Int {
        switch mark {
        case headingByte:
            // cmark has cut a blank off where the heading's text begins or ends.
            if result.last == blank { result.removeLast() }
            return behind.first == blank ? 1 : 0
        case lineByte where result.suffix(lineStart.count) == lineStart[...] && behind.starts(with: lineEnd):
            result.removeLast(lineStart.count)
            return lineEnd.count
        case addressByte:
            if result.last == Byte.less {
                result.removeLast()
                return 0
            }
            return behind.first == Byte.greater ? 1 : 0
        default:
            return 0
        }
    }
}
