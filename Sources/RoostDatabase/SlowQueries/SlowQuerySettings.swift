public import Roost

/// When a statement counts as slow, what its log line may show, and which repeats and plans are recorded.
public struct SlowQuerySettings: Sendable {
    /// Statements that take longer are logged; in nanoseconds.
    public var threshold: UInt64
    /// Whether bound values may stand in the log. Secrets never do.
    public var showsParameters: Bool
    /// A statement that runs more often than this from one place in one request is recorded as a repeat.
    public var repeats: Int
    /// Repeats that are known and accepted.
    public var ignored: [IgnoredRepeat]
    /// Whether the plans of slow SELECTs are asked for, after the response.
    public var explains: Bool
    /// How long the server may take for a plan, in milliseconds.
    public var explainTimeout: Int
    /// Names the running release in every line.
    public var release: String

    public init(
        threshold: Duration = .milliseconds(500), showsParameters: Bool = false, repeats: Int = 10,
        ignored: [IgnoredRepeat] = [], explains: Bool = false, explainTimeout: Duration = .seconds(1),
        release: String = "unknown"
    ) {
        self.threshold = UInt64(max(0, threshold / .nanoseconds(1)))
        self.showsParameters = showsParameters
        self.repeats = repeats
        self.ignored = ignored
        self.explains = explains
        self.explainTimeout = max(1, Int(explainTimeout / .milliseconds(1)))
        self.release = release
    }

    /// The settings that ``init(_:)`` reads.
    public static let known = [
        Setting("slow_query.threshold", .duration, "500ms", "a slower statement is written to the slow-query log"),
        Setting("slow_query.parameters", .choice(["redacted", "shown"]), "redacted", "values in the slow-query log"),
        Setting(
            "slow_query.repeats", .count(1...1_000_000), "10",
            "more runs of a statement from one place in a request are n+1"),
        Setting(
            "slow_query.ignore", .list, nil,
            "repeats to accept: \"endpoint NAME: reason\" or \"fingerprint HASH: reason\""),
        Setting("slow_query.explain", .flag, "false", "ask for the plans of slow SELECTs, after the response"),
        Setting("slow_query.explain_timeout", .duration, "1s", "how long PostgreSQL may take for a plan"),
        Setting("release", .text, nil, "name of this release in logs; default: the program's build id"),
    ]

    /// The `slow_query.*` part of an application's settings, and `release`.
    /// - Throws: `SettingError` for values that do not fit.
    public init(_ settings: Settings) throws {
        self.init(
            threshold: try settings.duration("slow_query.threshold"),
            showsParameters: try settings.text("slow_query.parameters") == "shown",
            repeats: try settings.count("slow_query.repeats"),
            ignored: try settings.list("slow_query.ignore").map { text in
                guard let ignored = IgnoredRepeat(text) else {
                    throw SettingError(
                        "slow_query.ignore",
                        "must be \"endpoint NAME: reason\" or \"fingerprint HASH: reason\", not \"\(text)\"",
                        try settings.value("slow_query.ignore")?.origin ?? .standard)
                }
                return ignored
            },
            explains: try settings.flag("slow_query.explain"),
            explainTimeout: try settings.duration("slow_query.explain_timeout"),
            release: try settings.optionalText("release") ?? BuildID.ofThisProgram)
    }
}
