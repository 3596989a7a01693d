/// Python's `textwrap.wrap`, without expanding tabs or replacing whitespace.
struct TextWrapper {
    let width: Int
    let breaksLongWords: Bool
    let breaksOnHyphens: Bool

    private typealias Chunk = ArraySlice<Unicode.Scalar>

    func wrapped(_ text: String) -> [String] {
        var chunks = Array(chunks(of: Array(text.unicodeScalars)).reversed())
        var lines: [String] = []
        while !chunks.isEmpty {
            if !lines.isEmpty, let last = chunks.last, last.isBlank { chunks.removeLast() }
            var line: [Chunk] = []
            var length = 0
            while let chunk = chunks.last, length + chunk.count <= width {
                line.append(chunk)
                length += chunk.count
                chunks.removeLast()
            }
            if let chunk = chunks.last, chunk.count > width { breakLong(&chunks, chunk, &line, length) }
            if let last = line.last, last.isBlank { line.removeLast() }
            if !line.isEmpty { lines.append(line.map { String(String.UnicodeScalarView($0)) }.joined()) }
        }
        return lines
    }

    private func breakLong(_ chunks: inout [Chunk], _ chunk: Chunk, _ line: inout [Chunk], _ length: Int) {
        let space = width - length
        guard breaksLongWords else {
            if line.isEmpty { line.append(chunks.removeLast()) }
            return
        }
        var end = chunk.startIndex + space
        if breaksOnHyphens, space > 0, chunk.count > space, let hyphen = chunk[..<end].lastIndex(of: "-"),
            hyphen > chunk.startIndex,
            chunk[..<hyphen].contains(where: { $0 != "-" })
        {
            end = hyphen + 1
        }
        line.append(chunk[..<end])
        chunks[chunks.count - 1] = chunk[end...]
    }

    // MARK: Chunks

    private func chunks(of text: [Unicode.Scalar]) -> [Chunk] {
        var chunks: [Chunk] = []
        var start = 0
        while start < text.count {
            let end = text[start].isWrapSpace ? spaceEnd(text, start) : wordEnd(text, start)
            chunks.append(text[start..<end])
            start = end
        }
        return chunks
    }

    private func spaceEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start
        while end < text.count, text[end].isWrapSpace { end += 1 }
        return end
    }

    private func wordEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start
        if breaksOnHyphens, let dash = dashEnd(text, start), start > 0, text[start - 1].isWrapPunctuation {
            return dash
        }
        while end < text.count, !text[end].isWrapSpace {
            end += 1
            guard breaksOnHyphens else { continue }
            if let hyphen = hyphenEnd(text, end, from: start) { return hyphen }
            if text[end - 1].isWrapPunctuation, dashEnd(text, end) != nil { return end }
        }
        return end
    }

    /// The end of two or more hyphens at `start` that a word follows.
    private func dashEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
        var end = start
        while end < text.count, text[end] == "-" { end += 1 }
        return end - start >= 2 && end < text.count && text[end].isWordScalar ? end : nil
    }

    /// The position behind a hyphen at `index` that joins two parts of a word.
    private func hyphenEnd(_ text: [Unicode.Scalar], _ index: Int, from start: Int) -> Int? {
        guard index < text.count, text[index] == "-", index >= 2 else { return nil }
        let (before, second) = (text[index - 1], text[index - 2])
        let joins =
            before.isWrapLetter && second.isWrapLetter
            || index >= 3 && before.isWrapPunctuation && second == "-" && text[index - 3].isWrapLetter
        guard joins, index + 1 < text.count, text[index + 1].isWrapLetter else { return nil }
        var next = index + 2
        if next < text.count, text[next] == "-" { next += 1 }
        return next < text.count && text[next].isWrapLetter ? index + 1 : nil
    }
}

extension ArraySlice<Unicode.Scalar> {
    fileprivate var isBlank: Bool { allSatisfy(\.isPythonSpace) }
}

extension Unicode.Scalar {
    fileprivate var isWrapSpace: Bool { value == 0x20 || (0x09...0x0D).contains(value) }
    fileprivate var isWrapLetter: Bool { isWordScalar && self != "_" && properties.numericType == nil }
    fileprivate var isWrapPunctuation: Bool { isWordScalar || "!\"'&.,?".unicodeScalars.contains(self) }
}
