internal import RoostPostgres

/// Everything the log says about one fingerprint.
final class StatementGroup {
    /// Worst runs kept for the statement that is looked at closely.
    static let sampleLimit = 5

    let fingerprint: String
    let normalized: String
    private let first: LogEntry
    /// Runs that were slow or were cancelled.
    private(set) var count = 0
    private(set) var cancelled = 0
    private(set) var failed = 0
    private(set) var lastError: String?
    /// Microseconds of all runs.
    private(set) var total: Int64 = 0
    private(set) var durations = DurationSketch()
    private(set) var endpoints = TopCounter()
    private(set) var callSites = TopCounter()
    /// Microseconds since 1970.
    private(set) var firstSeen = Int64.max
    private(set) var lastSeen = Int64.min
    /// Slowest runs, the worst first.
    private(set) var samples: [LogEntry] = []
    private(set) var nPlusOne = Repeats()
    private(set) var duplicates = Repeats()
    private(set) var plan: LogEntry?
    private(set) var planShapes: [String] = []
    /// Numbers of the releases that ran it, in the report's list.
    private(set) var releases: Set<Int> = []

    /// Requests in which a statement ran again and again.
    struct Repeats {
        var requests = 0
        var runs = 0
        var total: Int64 = 0
        /// The request with the most runs.
        var worst: LogEntry?
    }

    init(_ entry: LogEntry) {
        fingerprint = entry.fingerprint
        first = entry
        normalized = entry.normalized ?? SQLFingerprint(of: entry.statement).text
    }

    var mean: Int64 { count == 0 ? 0 : total / Int64(count) }
    var p95: Int64 { durations.quantile(0.95) }
    var longest: Int64 { durations.largest }
    var isRanked: Bool { count > 0 }
    /// Microseconds that its repeats took; at least 1 when there were any.
    var repeatedTotal: Int64 {
        nPlusOne.requests + duplicates.requests == 0 ? 0 : max(1, nPlusOne.total + duplicates.total)
    }
    /// A statement to show: the slowest run's, or any.
    var example: LogEntry { samples.first ?? nPlusOne.worst ?? duplicates.worst ?? first }

    func note(release: Int) { releases.insert(release) }

    /// - Parameter samples: how many of the slowest runs are kept.
    func add(_ entry: LogEntry, samples limit: Int) {
        firstSeen = min(firstSeen, entry.time)
        lastSeen = max(lastSeen, entry.time)
        switch entry.kind {
        case .slow, .cancelled: addRun(entry, limit)
        case .failed: addFailure(entry)
        case .nPlusOne: nPlusOne.add(entry)
        case .duplicate: duplicates.add(entry)
        case .plan: addPlan(entry)
        case .dropped: return
        }
        guard entry.kind != .plan else { return }
        endpoints.add(entry.endpoint ?? "-")
        callSites.add(entry.callSite ?? "-")
    }

    private func addRun(_ entry: LogEntry, _ limit: Int) {
        count += 1
        if entry.kind == .cancelled {
            cancelled += 1
            lastError = entry.error
        }
        total += entry.duration
        durations.add(entry.duration)
        guard samples.count < limit || entry.duration > samples[limit - 1].duration else { return }
        let place = samples.firstIndex { $0.duration < entry.duration } ?? samples.count
        samples.insert(entry, at: place)
        if samples.count > limit { samples.removeLast() }
    }

    private func addFailure(_ entry: LogEntry) {
        failed += 1
        lastError = entry.error
    }

    private func addPlan(_ entry: LogEntry) {
        if entry.plan != nil || plan?.plan == nil { plan = entry }
        guard let shape = entry.planShape, !planShapes.contains(shape), planShapes.count < 20 else { return }
        planShapes.append(shape)
    }
}

extension StatementGroup.Repeats {
    mutating func add(_ entry: LogEntry) {
        requests += 1
        runs += entry.count
        total += entry.total
        if entry.count > worst?.count ?? 0 { worst = entry }
    }
}
