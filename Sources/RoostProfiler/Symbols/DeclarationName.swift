/// Shortens a full Swift declaration to what stack traces show, for programs whose runtime offers no short form:
/// `Flasky.IndexView.show(Swift.Int, name: Swift.String) -> Swift.String` → `IndexView.show(_:name:)`.
enum DeclarationName {
    static func short(_ declaration: String) -> String {
        let bytes = Array(declaration.utf8)
        var rest = bytes[...]
        var suffix = ""
        while let shorter = unwrapped(rest, &suffix) { rest = shorter }
        return path(rest) + suffix
    }

    private static let leading = [
        "merged ", "static ", "outlined variable ", "partial apply forwarder for ", "partial apply for ",
        "protocol witness for ", "dispatch thunk of ", "async function pointer to ", "@objc ", "@nonobjc ",
    ]

    /// Takes off one wrapper in front of the name; nil when there is none.
    private static func unwrapped(_ text: ArraySlice<UInt8>, _ suffix: inout String) -> ArraySlice<UInt8>? {
        for word in leading where text.starts(with: word.utf8) { return text.dropFirst(word.utf8.count) }
        if text.starts(with: "generic ".utf8) || text.starts(with: "function signature specialization".utf8)
            || text.starts(with: "specialized ".utf8)
        {
            return after(" of ", in: text)
        }
        if text.starts(with: "closure #".utf8) || text.starts(with: "implicit closure #".utf8) {
            let number = text.drop { $0 != UInt8(ascii: "#") }.dropFirst().prefix { (48...57).contains($0) }
            guard let inner = after(" in ", in: text) else { return nil }
            suffix = "closure #\(String(decoding: number, as: UTF8.self)) in "
            suffix = " (\(suffix.dropLast(4)))"
            return inner
        }
        return nil
    }

    /// What follows a word outside brackets.
    private static func after(_ word: String, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var depth = 0
        var last: UInt8 = 0
        for place in text.indices {
            depth += change(of: text[place], after: last)
            last = text[place]
            if depth == 0, text[place...].starts(with: word.utf8) { return text[(place + word.utf8.count)...] }
        }
        return nil
    }

    /// The last two parts of the dotted name and the labels of its parameters.
    private static func path(_ text: ArraySlice<UInt8>) -> String {
        var parts: [String] = []
        var part: [UInt8] = []
        var labels = ""
        var place = text.startIndex
        scan: while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: "<"): place = closing(text, from: place)
            case UInt8(ascii: "(") where part.isEmpty:
                // (helper in _9AA2…): a private name; (extension in Module): nothing
                let inner = text[(place + 1)..<closing(text, from: place)]
                if !inner.starts(with: "extension in ".utf8) { part = Array(inner.prefix { $0 != UInt8(ascii: " ") }) }
                place = closing(text, from: place)
            case UInt8(ascii: "("):
                labels = "(\(self.labels(text[(place + 1)..<closing(text, from: place)])))"
                break scan
            case UInt8(ascii: " "), UInt8(ascii: "-"): break scan
            case UInt8(ascii: ":"): part = []
            case UInt8(ascii: "."):
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
            case let byte: part.append(byte)
            }
            if place < text.endIndex { place += 1 }
        }
        parts.append(String(decoding: part, as: UTF8.self))
        if parts.count > 1 { parts.removeFirst() }
        return parts.suffix(2).joined(separator: ".") + labels
    }

    private static func labels(_ parameters: ArraySlice<UInt8>) -> String {
        var result = ""
        var depth = 0
        var (piece, last) = ([UInt8](), UInt8(0))
        func end() {
            let trimmed = piece.drop { $0 == UInt8(ascii: " ") }
            let label = trimmed.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") }
            let isLabel = label.endIndex < trimmed.endIndex && trimmed[label.endIndex] == UInt8(ascii: ":")
            result += (isLabel ? String(decoding: label, as: UTF8.self) : "_") + ":"
            piece = []
        }
        for byte in parameters {
            depth += change(of: byte, after: last)
            last = byte
            if byte == UInt8(ascii: ","), depth == 0 { end() } else { piece.append(byte) }
        }
        if !parameters.isEmpty { end() }
        return result
    }

    private static func closing(_ text: ArraySlice<UInt8>, from start: Int) -> Int {
        var depth = 0
        var last: UInt8 = 0
        for place in start..<text.endIndex {
            depth += change(of: text[place], after: last)
            if depth == 0 { return place }
            last = text[place]
        }
        return text.endIndex
    }

    /// What a byte does to the depth of brackets. The `>` of an arrow closes nothing.
    private static func change(of byte: UInt8, after last: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["): 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): -1
        case UInt8(ascii: ">"): last == UInt8(ascii: "-") ? 0 : -1
        default: 0
        }
    }
}
