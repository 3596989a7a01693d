/// Takes tags out of HTML before a parser makes a tree of it, as the book's sanitiser did.
///
/// What stands in an element that may not stay is then ordinary HTML, whatever the element. A parser that saw the tag
/// would read all text behind `<script>` or `<textarea>` literally, even the tags that Markdown put there, and move
/// what stands in `<table>` or `<select>`.
///
/// Nothing is safe by this: what a parser sees afterwards still goes through `HTMLSanitizer`.
enum TagFilter {
    /// - Parameters:
    ///   - html: UTF-8, any bytes.
    ///   - kept: names of elements in lower case.
    static func filtered(_ html: [UInt8], keeping kept: Set<String>) -> [UInt8] {
        let tokens = HTMLTokens(html: html)
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while let start = html[index...].firstIndex(of: Byte.less) {
            switch tokens.token(at: start) {
            case .text: index = start + 1
            case .comment(let end): index = end
            case .tag(let name, let end):
                index = end
                if kept.contains(String(decoding: html[name], as: UTF8.self).lowercased()) { continue }
                result += html[copied..<start]
                result += gap
                copied = end
            }
        }
        result += html[copied...]
        return result
    }

    /// In a tag's place, lest what stands round it become another tag.
    private static let gap = Array("<!---->".utf8)
}
