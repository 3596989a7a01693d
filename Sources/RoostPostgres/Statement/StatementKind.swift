/// What the first words of a statement say about it; used for retries and for the choice of a prepared statement.
struct StatementKind {
    /// The statement only reads, as far as its text tells. A SELECT that calls a writing function counts as a read.
    let isRead: Bool
    /// The server can plan it, so that a prepared statement pays.
    let isPlanned: Bool
    /// COPY, which has a protocol of its own.
    let isCopy: Bool

    init(_ text: String) {
        var words = Words(text.utf8)
        let first = words.next() ?? ""
        isCopy = first == "copy"
        switch first {
        case "select", "values", "table": (isRead, isPlanned) = (true, true)
        case "show": (isRead, isPlanned) = (true, false)
        case "insert", "update", "delete", "merge": (isRead, isPlanned) = (false, true)
        case "with":
            var writes = false
            while let word = words.next() {
                writes = writes || word == "insert" || word == "update" || word == "delete" || word == "merge"
            }
            (isRead, isPlanned) = (!writes, true)
        default: (isRead, isPlanned) = (false, false)
        }
    }

    /// The statement's words in lower case; comments and punctuation are skipped, literals are not told apart.
    private struct Words {
        private var rest: Substring.UTF8View

        init(_ text: String.UTF8View) {
            rest = text[...]
        }

        mutating func next() -> String? {
            while let byte = rest.first, !Self.isLetter(byte) {
                skip(from: byte)
            }
            let word = rest.prefix(while: Self.isLetter)
            rest = rest.dropFirst(word.count)
            return word.isEmpty ? nil : String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)
        }

        private mutating func skip(from byte: UInt8) {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "-"), rest.first == UInt8(ascii: "-") {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if byte == UInt8(ascii: "/"), rest.first == UInt8(ascii: "*") {
                skipComment()
            }
        }

        private mutating func skipComment() {
            var previous: UInt8 = 0
            rest = rest.dropFirst()
            while let byte = rest.popFirst() {
                if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { return }
                previous = byte
            }
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            (0x61...0x7A).contains(byte | 0x20)
        }
    }
}
