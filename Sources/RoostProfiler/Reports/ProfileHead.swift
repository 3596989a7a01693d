internal import Roost

/// What is known of a profiled request beside its samples.
struct ProfileHead {
    let name: ProfileName
    /// The app's name.
    let app: String
    let method: String
    let path: String
    let status: Int
    let requestID: String
    /// From receiving the request to the end of writing, in nanoseconds.
    let nanoseconds: Int64
    /// Start on the monotonic clock, in nanoseconds.
    let start: Int64
    /// Why it was kept.
    let reasons: [ProfileReason]
    let worker: Int?
    let clock: ProfilerSettings.Clock
    let hertz: Int
    let counts: SampleCounts
    var sqlCount = 0
    var sqlNanoseconds: Int64 = 0
    var droppedSpans = 0
    var buildID: String?
    var version = 1

    /// The kinds of the reasons, each once: `slow,statement`.
    static func kinds(_ reasons: [ProfileReason]) -> String {
        var kinds: [String] = []
        for reason in reasons where !kinds.contains(reason.kind.rawValue) { kinds.append(reason.kind.rawValue) }
        return kinds.joined(separator: ",")
    }
}
