public import Roost

/// When a statement counts as slow, and what its log line may show.
public struct SlowQuerySettings: Sendable {
    /// Statements that take longer are logged; in nanoseconds.
    public var threshold: UInt64
    /// Whether bound values may stand in the log. Secrets never do.
    public var showsParameters: Bool

    public init(threshold: Duration = .milliseconds(500), showsParameters: Bool = false) {
        self.threshold = UInt64(max(0, threshold / .nanoseconds(1)))
        self.showsParameters = showsParameters
    }

    /// The `slow_query.*` part of an application's settings.
    public init(_ settings: Settings) throws {
        self.init(
            threshold: try settings.duration("slow_query.threshold"),
            showsParameters: try settings.text("slow_query.parameters") == "shown")
    }
}
