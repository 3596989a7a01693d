/// A pattern as the steps it takes through the trie: one per segment, an empty one for a slash at its end.
struct RouteSteps {
    enum Step {
        case text([UInt8])
        case edge(RouteEdge.Shape)
    }

    private(set) var steps: [Step] = []

    init(_ pattern: RoutePattern, host: RoutePattern? = nil) {
        if let host { finish(host.pieces, spans: false, suffixed: false) }
        var segment: [RoutePattern.Piece] = []
        var spans = false
        var isFirst = true
        for piece in pattern.pieces {
            switch piece {
            case .variable(_, let converter):
                spans = spans || converter.spansSegments
                segment.append(piece)
            case .text(let bytes) where spans:
                // Behind a variable that may hold slashes nothing can be split any more, except a last slash.
                segment.append(.text(bytes))
            case .text(let bytes):
                for part in bytes.split(separator: ASCII.slash, omittingEmptySubsequences: false).enumerated() {
                    if part.offset > 0 {
                        if !isFirst { finish(segment, spans: false, suffixed: false) }
                        (segment, isFirst) = ([], false)
                    }
                    if !part.element.isEmpty { segment.append(.text(Array(part.element))) }
                }
            }
        }
        finishLast(segment, spans: spans)
    }

    private mutating func finishLast(_ segment: [RoutePattern.Piece], spans: Bool) {
        guard spans, case .text(let bytes) = segment.last, bytes.last == ASCII.slash else {
            return finish(segment, spans: spans, suffixed: false)
        }
        let text: [RoutePattern.Piece] = bytes.count == 1 ? [] : [.text(bytes.dropLast())]
        finish(segment.dropLast() + text, spans: true, suffixed: true)
        steps.append(.text([]))
    }

    /// Whether every path of other steps is matched by these first.
    func covers(_ other: RouteSteps) -> Bool {
        guard steps.count == other.steps.count else { return false }
        return zip(steps, other.steps).allSatisfy { mine, theirs in
            switch (mine, theirs) {
            case (.text(let one), .text(let two)): one == two
            case (.edge(let one), .edge(let two)): one.covers(two)
            default: false
            }
        }
    }

    private mutating func finish(_ segment: [RoutePattern.Piece], spans: Bool, suffixed: Bool) {
        if segment.isEmpty { return steps.append(.text([])) }
        if segment.count == 1, case .text(let text) = segment[0] { return steps.append(.text(text)) }
        steps.append(.edge(RouteEdge.Shape(segment, spansSegments: spans, isSuffixed: suffixed)))
    }
}
