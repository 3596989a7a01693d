/// What a worker is doing with a request; the scoreboard shows it.
public enum RequestPhase: Int, Sendable {
    case reading, view, sql, rendering, writing
}

/// What happened while a request was answered, in the order it began. Logs, toolbar and headers are made from it.
public final class RequestTrace {
    /// One thing that took time.
    public struct Span {
        public enum Kind: String, Sendable {
            case view, sql, render, mail, cache, other
        }

        /// Where the application asked for it.
        public struct Site: Sendable, CustomStringConvertible {
            /// As `#fileID` names it.
            public let file: String
            public let line: Int

            public init(file: String, line: Int) { (self.file, self.line) = (file, line) }

            public var description: String { "\(file):\(line)" }
        }

        public let kind: Kind
        public let name: String
        /// Nanoseconds of the monotonic clock.
        public let start: Int64
        public let duration: Int64
        public let site: Site?
    }

    /// More spans than this are counted and not kept, so that a request of a million queries stays small.
    public static let spanLimit = 500

    /// When the app received the request, in nanoseconds of the monotonic clock.
    public let start = Clock.monotonic()
    public private(set) var spans: [Span] = []
    public private(set) var droppedSpans = 0
    public private(set) var sqlCount = 0
    public private(set) var sqlNanoseconds: Int64 = 0

    /// The texts of the SQL statements in their order, values left out; no more than `spanLimit`. Tests look here.
    public var statements: [String] { spans.filter { $0.kind == .sql }.map(\.name) }

    /// What is being done now. Each change is told to the app's phase observer.
    public var phase = RequestPhase.reading {
        didSet {
            guard phase != oldValue else { return }
            phaseChanged?(phase)
            profile?.entered(phase)
        }
    }

    /// The profile that is being taken, if one is.
    public var profile: (any RequestProfile)?

    var phaseChanged: ((RequestPhase) -> Void)?

    public init() {}

    /// Records something that took time; SQL also counts in `sqlCount` and `sqlNanoseconds`.
    public func record(_ kind: Span.Kind, _ name: String, start: Int64, duration: Int64, site: Span.Site? = nil) {
        if kind == .sql {
            sqlCount += 1
            sqlNanoseconds += duration
        }
        guard spans.count < Self.spanLimit else {
            droppedSpans += 1
            return
        }
        spans.append(Span(kind: kind, name: name, start: start, duration: duration, site: site))
    }

    /// Runs something in a phase and records it. The phase before comes back afterwards, also on errors.
    public func measure<Result>(
        _ kind: Span.Kind, _ name: String, phase during: RequestPhase, site: Span.Site? = nil,
        _ body: () throws -> Result
    ) rethrows -> Result {
        let (before, began) = (phase, Clock.monotonic())
        phase = during
        defer {
            phase = before
            record(kind, name, start: began, duration: Clock.monotonic() - began, site: site)
        }
        return try body()
    }
}
