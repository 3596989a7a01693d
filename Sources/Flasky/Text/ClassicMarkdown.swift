/// Rewrites where the book's Markdown and CommonMark read the same text differently, so that posts keep their looks.
///
/// - `#Title` without a blank is a heading.
/// - Text behind a closing `</script>` or `</style>` on its line is a paragraph of its own.
enum ClassicMarkdown {
    static func adapted(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if number > 0 { result.append(UInt8(ascii: "\n")) }
            let marks = line.prefix { $0 == UInt8(ascii: "#") }.count
            if (1...6).contains(marks), let next = line.dropFirst(marks).first, !isBlank(next) {
                result += line.prefix(marks)
                result.append(UInt8(ascii: " "))
                appendSplit(Array(line.dropFirst(marks)), to: &result)
            } else {
                appendSplit(Array(line), to: &result)
            }
        }
        return result
    }

    private static let rawEnds = ["</script>", "</style>"].map { Array($0.utf8) }

    private static func appendSplit(_ line: [UInt8], to result: inout [UInt8]) {
        guard line.first == UInt8(ascii: "<"), let end = rawEnds.lazy.compactMap({ endOf($0, in: line) }).min(),
            end < line.count
        else {
            result += line
            return
        }
        // The comment becomes an empty line, which the book's Markdown left there.
        result += line[..<end] + "\n<!-- -->\n".utf8 + line[end...]
    }

    /// Just behind the first place where a tag stands, in any case of letters.
    private static func endOf(_ tag: [UInt8], in line: [UInt8]) -> Int? {
        guard line.count >= tag.count else { return nil }
        for start in 0...(line.count - tag.count) where line[start] == tag[0] {
            let matches = tag.indices.allSatisfy { line[start + $0] | 0x20 == tag[$0] | 0x20 }
            if matches { return start + tag.count }
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
}
