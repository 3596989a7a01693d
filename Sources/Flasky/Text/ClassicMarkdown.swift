/// A text in the book's Markdown, prepared for cmark, which reads CommonMark, so that posts keep their looks:
///
/// - `#Title` without a blank is a heading, also at the beginning of a quotation or a list item; hashes right behind
///   the title belong to the heading.
/// - There are no fenced blocks: backticks at the beginning of a line are those of a code span, tildes are text.
/// - The address of a link may have blanks inside.
/// - Text behind a closing `</script>` or `</style>` on its line is a paragraph of its own.
///
/// Whatever is inserted is marked, see `ClassicMark`: it must be taken out of what cmark reads as code or raw HTML.
struct ClassicMarkdown {
    private(set) var bytes: [UInt8] = []
    /// Whether anything was inserted.
    private(set) var isMarked = false
    /// The length of the run of backticks at the beginning of a line whose code span is still open; 0 outside.
    private var openBackticks = 0

    init(_ text: String) {
        let source = Array(text.utf8)
        bytes.reserveCapacity(source.count + 16)
        // cmark skips a byte order mark, so the first line begins behind it.
        bytes += source.starts(with: Self.byteOrderMark) ? Self.byteOrderMark : []
        var start = bytes.count
        while true {
            let end = source[start...].firstIndex { $0 == Byte.lineFeed || $0 == Byte.carriageReturn } ?? source.count
            append(source[start..<end])
            guard end < source.count else { return }
            bytes.append(Byte.lineFeed)
            let isPair = source[end...].starts(with: [Byte.carriageReturn, Byte.lineFeed])
            start = end + (isPair ? 2 : 1)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private mutating func append(_ line: ArraySlice<UInt8>) {
        let (start, mayBeHeading) = LineStart.find(in: line)
        let content = line[start...]
        let wasCode = openBackticks > 0
        followCodeSpan(content)
        switch content.first {
        case Byte.backtick, Byte.tilde: appendFence(line, at: start)
        case Byte.hash where mayBeHeading && !wasCode: appendHeading(line, at: start)
        case Byte.less where start == line.startIndex: appendRaw(line)
        default: appendText(line)
        }
    }

    /// An address with blanks inside gets angle brackets.
    private mutating func appendText(_ text: ArraySlice<UInt8>) {
        var rest = text
        while let address = LinkAddress.find(in: rest) {
            bytes += rest[..<address.lowerBound]
            insert(ClassicMark.addressStart)
            bytes += rest[address]
            insert(ClassicMark.addressEnd)
            rest = rest[address.upperBound...]
        }
        bytes += rest
    }

    private mutating func insert(_ mark: [UInt8]) {
        bytes += mark
        isMarked = true
    }

    // MARK: Code

    /// A code span ends with a run of as many backticks as began it, or else was none: its paragraph is over.
    private mutating func followCodeSpan(_ content: ArraySlice<UInt8>) {
        let run = content.prefix { $0 == Byte.backtick }.count
        if content.isEmpty {
            openBackticks = 0
        } else if openBackticks > 0 {
            if Self.hasRun(of: openBackticks, content) { openBackticks = 0 }
        } else if run >= Self.shortestFence, !Self.hasRun(of: run, content.dropFirst(run)) {
            openBackticks = run
        }
    }

    private static let shortestFence = 3

    private static func hasRun(of length: Int, _ text: ArraySlice<UInt8>) -> Bool {
        var run = 0
        for byte in text {
            if byte == Byte.backtick {
                run += 1
            } else {
                if run == length { return true }
                run = 0
            }
        }
        return run == length
    }

    /// The mark behind the run is for the blanks in the code span, see `MarkdownDocument`.
    private mutating func appendFence(_ line: ArraySlice<UInt8>, at start: Int) {
        let run = line[start...].prefix { $0 == line[start] }
        guard run.count >= Self.shortestFence else {
            appendText(line)
            return
        }
        bytes += line[..<start]
        insert(ClassicMark.fence)
        bytes += run
        insert(ClassicMark.fence)
        appendText(line[run.endIndex...])
    }

    // MARK: Headings

    private mutating func appendHeading(_ line: ArraySlice<UInt8>, at start: Int) {
        let hashes = line[start...].prefix { $0 == Byte.hash }
        let title = line[hashes.endIndex...]
        guard hashes.count <= 6, let first = title.first, !Byte.isBlank(first) else {
            appendText(line)
            return
        }
        bytes += line[..<hashes.endIndex]
        insert(ClassicMark.heading)
        let closing = Self.closingHashes(of: title)
        appendText(title[..<closing])
        guard closing < title.endIndex else { return }
        insert(ClassicMark.heading)
        bytes += title[closing...]
    }

    /// Where the hashes right behind a title begin; its end when there are none, or when the first one is escaped.
    private static func closingHashes(of title: ArraySlice<UInt8>) -> Int {
        let start = title.endIndex - title.reversed().prefix { $0 == Byte.hash }.count
        let before = title[..<start].last
        let isRightBehind = before.map { $0 != Byte.backslash && !Byte.isBlank($0) } ?? false
        return isRightBehind ? start : title.endIndex
    }

    // MARK: Raw HTML

    private static let rawEnds = ["</script>", "</style>"].map { Array($0.utf8) }

    private mutating func appendRaw(_ line: ArraySlice<UInt8>) {
        guard let end = Self.rawEnds.lazy.compactMap({ Self.endOf($0, in: line) }).min(), end < line.endIndex else {
            appendText(line)
            return
        }
        bytes += line[..<end]
        insert(ClassicMark.line)
        appendText(line[end...])
    }

    /// Just behind the first place where a tag stands, in any case of letters.
    private static func endOf(_ tag: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
        guard line.count >= tag.count else { return nil }
        for start in line.startIndex...(line.endIndex - tag.count) where line[start] == tag[0] {
            let matches = tag.indices.allSatisfy { line[start + $0] | 0x20 == tag[$0] | 0x20 }
            if matches { return start + tag.count }
        }
        return nil
    }
}
