/// The lines of a template around an error.
public struct TemplateExcerpt: Sendable {
    /// One line of the source.
    public struct Line: Sendable {
        /// The number, from 1.
        public let number: Int
        /// The text without its end; long lines are cut.
        public let text: String
        /// Whether the error is here.
        public let isMarked: Bool
    }

    /// The lines in order.
    public let lines: [Line]

    private static let longestLine = 200

    /// The lines of `source` up to `context` before and after `line`; nil when there is no such line.
    init?(_ source: String, line: Int, context: Int = 3) {
        let all = source.utf8.split(omittingEmptySubsequences: false) { $0 == 0x0A }
        guard line > 0, line <= all.count else { return nil }
        let range = max(1, line - context)...min(all.count, line + context)
        lines = range.map { number in
            var text = String(decoding: all[number - 1], as: UTF8.self)
            if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
            if text.unicodeScalars.count > Self.longestLine {
                text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.longestLine))) + "…"
            }
            return Line(number: number, text: text, isMarked: number == line)
        }
    }

    /// The lines with their numbers; the one of the error begins with `>`, and below it a `^` points to the column.
    public func text(column: Int = 0) -> String {
        let width = String(lines.last?.number ?? 0).utf8.count
        return lines.map { line in
            let number = String(line.number)
            let padding = String(repeating: " ", count: width - number.utf8.count)
            let text = "\(line.isMarked ? ">" : " ") \(padding)\(number) | \(line.text)"
            guard line.isMarked, column > 0, column <= line.text.unicodeScalars.count else { return text }
            // Tabs stay tabs, so that the mark stands below its place.
            let before = line.text.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
            return "\(text)\n  \(String(repeating: " ", count: width)) | \(before)^"
        }.joined(separator: "\n")
    }
}

/// A place that an error passed on its way out.
public struct TemplatePlace: Sendable {
    /// How this place leads to the one before.
    public enum Relation: String, Sendable {
        case included
        case extended
        case imported
        case called
        /// A block that stands here.
        case shown
    }

    /// How this place leads to the one before.
    public let relation: Relation
    /// The template of this place.
    public let template: String
    /// The line of this place.
    public let line: Int

    /// `included by page.html:12`
    public var text: String {
        let preposition = relation == .called || relation == .shown ? "from" : "by"
        return "\(relation.rawValue) \(preposition) \(template):\(line)"
    }
}
