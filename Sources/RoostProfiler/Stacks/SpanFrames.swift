internal import Roost

/// Puts what a request's trace knows, statements and templates, into the stacks sampled meanwhile: under the view that
/// asked for it, above the rooms that did it.
struct SpanFrames {
    typealias Span = RequestTrace.Span

    private struct Place {
        let start: Int64
        let end: Int64
        let frame: Int
        let kind: Span.Kind
    }

    /// Outermost first.
    private let places: [Place]

    init(_ spans: [Span], _ symbolizer: Symbolizer) {
        places = spans.compactMap { span in
            guard let frame = Self.frame(span) else { return nil }
            return Place(
                start: span.start, end: span.start + span.duration, frame: symbolizer.intern(frame), kind: span.kind)
        }.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
    }

    func insert(into stack: inout [Int], at time: Int64, _ frames: [Frame]) {
        var from = 0
        for place in places {
            if place.start > time { return }
            guard time < place.end else { continue }
            let rest = stack[from...]
            let room = rest.firstIndex { Self.rooms(place.kind).contains(frames[$0].module) } ?? stack.endIndex
            stack.insert(place.frame, at: room)
            from = room + 1
        }
    }

    /// The frame of a span; none for a view, which is a function on the stack already.
    static func frame(_ span: Span) -> Frame? {
        switch span.kind {
        case .sql: Frame(module: Frame.sql, name: OneLine.text(span.name, limit: 160))
        case .render: Frame(module: Frame.template, name: OneLine.text(span.name, limit: 160))
        case .view: nil
        case .mail: Frame(module: Frame.mail, name: OneLine.text(span.name, limit: 160))
        case .cache: Frame(module: Frame.cache, name: OneLine.text(span.name, limit: 160))
        case .other: Frame(module: Frame.other, name: OneLine.text(span.name, limit: 160))
        }
    }

    private static func rooms(_ kind: Span.Kind) -> Set<String> {
        switch kind {
        case .sql: ["RoostPostgres", "libpq"]
        case .render: ["RoostTemplates"]
        case .mail: ["RoostMail"]
        case .view, .cache, .other: []
        }
    }
}
