public import Roost
public import RoostSigning

/// When requests are profiled, how, and what is kept.
public struct ProfilerSettings: Sendable {
    public enum Mode: String, Sendable, CaseIterable {
        /// Costs nothing.
        case off
        /// Every request is sampled; those that were slow or failed are kept.
        case slow
        /// Every request is kept.
        case all
        /// Only requests with a signed token are sampled, and kept.
        case signed
    }

    public enum Clock: String, Sendable, CaseIterable {
        /// Time that passes: waiting for the database shows.
        case wall
        /// Processor time. The kernel's tick limits the rate, to 250 a second on many systems.
        case cpu
    }

    public var mode = Mode.slow
    /// Slower requests are kept, in nanoseconds.
    public var threshold: Int64 = 500_000_000
    /// Samples in a second.
    public var hertz = 100
    public var clock = Clock.wall
    /// Frames kept of a stack.
    public var depth = 192
    /// Where profiles go; nil writes none.
    public var folder: String?
    /// Functions in a report.
    public var rows = 30
    /// What the folder may hold; the oldest go.
    public var quota = ProfileQuota()
    /// Profiles a worker writes in a minute, in mode `slow`.
    public var maxPerMinute = 30
    /// Only requests to these endpoints are kept; empty for all.
    public var endpoints: Set<String> = []
    /// Samples in a second for the profile of all requests; 0 takes none.
    public var continuous = 0
    /// What tokens are signed with; without it none is accepted.
    public var key: SecretKey?
    /// Whether each kept profile's table goes to standard output.
    public var printsTables = false

    public init() {}

    /// Whether there is nothing to do.
    public var isOff: Bool { mode == .off && continuous == 0 }

    /// Whether requests without a token are sampled at `hertz`.
    var samplesEverything: Bool { mode == .slow || mode == .all }

    /// The rate of the continuous profile: when it takes a part of the samples taken anyway, the nearest rate below
    /// that comes out even.
    var continuousHertz: Int {
        guard continuous > 0, samplesEverything else { return continuous }
        return (1...min(continuous, hertz)).last { hertz % $0 == 0 } ?? 1
    }

    var period: UInt64 { 1_000_000_000 / UInt64(max(1, hertz)) }
}

extension ProfilerSettings {
    /// The settings of the profiler, for the settings file.
    public static let all: [Setting] = [
        Setting(
            "profiler.mode", .choice(Mode.allCases.map(\.rawValue)), nil,
            "which requests are profiled and kept; default slow, while developing all"),
        Setting("profiler.threshold", .duration, "500ms", "in mode slow, a slower request's profile is kept"),
        Setting(
            "profiler.hertz", .count(1...10_000), nil,
            "samples of a request in a second; default 100, while developing 1000"),
        Setting("profiler.clock", .choice(Clock.allCases.map(\.rawValue)), "wall", "wall: time; cpu: processor time"),
        Setting("profiler.folder", .text, "var/profiles", "folder of the profiles; empty writes none"),
        Setting("profiler.rows", .count(1...1000), "30", "functions in a report"),
        Setting("profiler.max_files", .count(1...100_000), "200", "profiles kept; the oldest go"),
        Setting("profiler.max_minutes", .count(1...100_000), "1440", "minutes of the continuous profile kept"),
        Setting("profiler.max_bytes", .size, "100MB", "size of all that; the oldest go"),
        Setting(
            "profiler.max_per_minute", .count(1...100_000), "30", "in mode slow, profiles a worker writes in a minute"),
        Setting("profiler.endpoints", .list, nil, "only requests to these endpoints are kept; default all"),
        Setting("profiler.depth", .count(16...512), "192", "frames kept of a stack"),
        Setting("profiler.print", .flag, "false", "print each kept profile's table to standard output"),
        Setting("profiler.continuous", .count(0...1000), "0", "samples a second of all requests; 0 = none"),
    ]

    /// The `profiler.*` part of an application's settings, and its `secret_key`.
    /// - Throws: `SettingError` for values that do not fit.
    public init(_ settings: Settings) throws {
        self.init()
        let isDeveloping = settings.environment == .development
        mode = try settings.optionalText("profiler.mode").flatMap(Mode.init) ?? (isDeveloping ? .all : .slow)
        threshold = Int64(try settings.duration("profiler.threshold") / .nanoseconds(1))
        let isRated = try settings.optionalText("profiler.hertz") != nil
        hertz = isRated ? try settings.count("profiler.hertz") : isDeveloping ? 1000 : 100
        clock = Clock(rawValue: try settings.text("profiler.clock")) ?? .wall
        depth = try settings.count("profiler.depth")
        folder = try settings.optionalText("profiler.folder")
        rows = try settings.count("profiler.rows")
        quota = ProfileQuota(
            profiles: try settings.count("profiler.max_files"), minutes: try settings.count("profiler.max_minutes"),
            bytes: try settings.size("profiler.max_bytes"))
        maxPerMinute = try settings.count("profiler.max_per_minute")
        endpoints = Set(try settings.list("profiler.endpoints"))
        printsTables = try settings.flag("profiler.print")
        continuous = try settings.count("profiler.continuous")
        if settings.known.contains(where: { $0.key == "secret_key" }) {
            key = try settings.optionalText("secret_key").map { SecretKey($0) }
        }
        try check(settings)
    }

    /// Refuses what cannot work together.
    private func check(_ settings: Settings) throws {
        func refusal(_ key: String, _ problem: String) throws -> SettingError {
            SettingError(key, problem, try settings.value(key)?.origin ?? .standard)
        }
        if mode == .signed, key == nil {
            throw try refusal("profiler.mode", "signed needs a secret_key to check tokens with")
        }
        if folder == nil, continuous > 0 {
            throw try refusal("profiler.continuous", "needs a profiler.folder to write to")
        }
    }
}
