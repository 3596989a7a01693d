internal import Roost

/// The spans of a request as text: SQL with statement and call site, templates, and what else was measured.
enum SpanText {
    static func text(_ spans: [RequestTrace.Span], start: Int64, dropped: Int) -> String {
        guard !spans.isEmpty else { return "  none\n" }
        var text = "   at ms        ms  kind    what\n"
        for span in spans.sorted(by: { $0.start < $1.start }) {
            text += Column.right(Column.milliseconds(span.start - start), 8)
            text += Column.right(Column.milliseconds(span.duration, digits: 3), 10)
            text += "  " + Column.left(span.kind.rawValue, 8) + OneLine.text(span.name, limit: 400)
            if let site = span.site { text += "  (\(site))" }
            text += "\n"
        }
        return dropped > 0 ? text + "  and \(dropped) more that were not kept\n" : text
    }
}
