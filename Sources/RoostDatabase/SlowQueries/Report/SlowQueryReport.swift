internal import RoostPostgres

/// What slow-query logs say in sum: statements ranked by the time they took, repeats, failures, plans.
///
/// Reads any amount of log in memory bounded by the number of different statements.
public final class SlowQueryReport {
    /// Which lines count.
    public struct Filter: Sendable {
        /// Microseconds since 1970.
        public var since: Int64?
        public var until: Int64?
        public var endpoint: String?
        /// Only statements that no earlier release ran.
        public var newSince: String?
        /// Slowest runs kept for each statement.
        public var samples = 1

        public init() {}
    }

    /// Why a report cannot be made.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// The order of the table.
    public enum Order: String, Sendable, CaseIterable {
        case total, count, mean, p95, max
    }

    /// Different statements that are told apart; what comes beyond is only counted.
    static let groupLimit = 5000
    static let releaseLimit = 1000

    public let filter: Filter
    /// Lines that belong to the log, lines that are damaged, and lines of other logs in the same stream.
    public private(set) var lines = 0
    public private(set) var brokenLines = 0
    public private(set) var foreignLines = 0
    /// Lines about statements beyond the limit.
    public private(set) var otherLines = 0
    /// Lines that the recorder itself left out, as it says.
    public private(set) var droppedLines = 0
    private(set) var sources: [String] = []
    private(set) var series = TimeSeries()
    private(set) var releases: [(name: String, first: Int64)] = []
    private var releaseNumbers: [String: Int] = [:]
    private var groups: [String: StatementGroup] = [:]

    public init(_ filter: Filter = Filter()) {
        self.filter = filter
    }

    /// Adds the lines of a log.
    /// - Parameter path: a file, also one that gzip packed; `-` for standard input.
    /// - Throws: `Failure` when it cannot be read. Lines that make no sense are counted, never an error.
    public func read(_ path: String) throws {
        sources.append(path == "-" ? "standard input" : path)
        do {
            try LogLines.read(path) { add(line: $0) }
        } catch {
            throw Failure(description: error.description)
        }
    }

    /// Adds one line without its line feed.
    func add(line: ArraySlice<UInt8>) {
        do throws(LogEntry.Rejection) {
            add(try LogEntry(line: line))
        } catch {
            switch error {
            case .broken: brokenLines += 1
            case .foreign: foreignLines += 1
            }
        }
    }

    private func add(_ entry: LogEntry) {
        lines += 1
        if entry.kind == .dropped {
            droppedLines += entry.count
            return
        }
        let release = number(of: entry)
        guard let group = group(of: entry) else {
            otherLines += 1
            return
        }
        // What ran before the wanted period is no longer new, so this is noted of every line.
        if let release { group.note(release: release) }
        guard counts(entry) else { return }
        group.add(entry, samples: filter.samples)
        if entry.kind == .slow || entry.kind == .cancelled { series.add(time: entry.time, duration: entry.duration) }
    }

    private func counts(_ entry: LogEntry) -> Bool {
        if let since = filter.since, entry.time < since { return false }
        if let until = filter.until, entry.time > until { return false }
        if let endpoint = filter.endpoint, entry.endpoint != endpoint { return false }
        return true
    }

    private func group(of entry: LogEntry) -> StatementGroup? {
        if let group = groups[entry.fingerprint] { return group }
        guard groups.count < Self.groupLimit else { return nil }
        let group = StatementGroup(entry)
        groups[entry.fingerprint] = group
        return group
    }

    private func number(of entry: LogEntry) -> Int? {
        if let number = releaseNumbers[entry.release] {
            releases[number].first = min(releases[number].first, entry.time)
            return number
        }
        guard releases.count < Self.releaseLimit else { return nil }
        releaseNumbers[entry.release] = releases.count
        releases.append((entry.release, entry.time))
        return releases.count - 1
    }
}

extension SlowQueryReport {
    /// The statements that took time, in order.
    func ranked(by order: Order) throws -> [StatementGroup] {
        let key: (StatementGroup) -> Int64 =
            switch order {
            case .total: \.total
            case .count: { Int64($0.count) }
            case .mean: \.mean
            case .p95: \.p95
            case .max: \.longest
            }
        return try Self.sorted(wanted().filter(\.isRanked), by: key)
    }

    /// The statements that ran again and again in single requests, those that took the most time first.
    func repeated() throws -> [StatementGroup] {
        try Self.sorted(wanted().filter { $0.repeatedTotal > 0 }) { $0.repeatedTotal }
    }

    /// The statements that failed, the most frequent first.
    func failing() throws -> [StatementGroup] {
        try Self.sorted(wanted().filter { $0.failed > 0 }) { Int64($0.failed) }
    }

    /// The largest first; equal ones by fingerprint, so that two runs print the same.
    private static func sorted(_ groups: [StatementGroup], by key: (StatementGroup) -> Int64) -> [StatementGroup] {
        groups.map { (key($0), $0) }.sorted { one, other in
            one.0 == other.0 ? one.1.fingerprint < other.1.fingerprint : one.0 > other.0
        }.map(\.1)
    }

    /// A statement by its fingerprint, or by the beginning of it that no other statement shares.
    func group(named name: String) throws -> StatementGroup {
        if let group = groups[name] { return group }
        let matches = groups.values.filter { $0.fingerprint.hasPrefix(name) }
        if matches.count == 1 { return matches[0] }
        throw Failure(
            description: matches.isEmpty
                ? "no statement with the fingerprint \(name) in \(lines) lines"
                : "\(matches.count) fingerprints begin with \(name); give more digits")
    }

    /// Microseconds of all runs that count.
    var total: Int64 { groups.values.reduce(0) { $0 + $1.total } }
    var runs: Int { groups.values.reduce(0) { $0 + $1.count } }

    /// The earliest and latest line that counts, in microseconds since 1970; nil when there is none.
    var period: (first: Int64, last: Int64)? {
        let seen = groups.values.filter { $0.firstSeen <= $0.lastSeen }
        guard let first = seen.map(\.firstSeen).min(), let last = seen.map(\.lastSeen).max() else { return nil }
        return (first, last)
    }

    private func wanted() throws -> [StatementGroup] {
        guard let name = filter.newSince else { return Array(groups.values) }
        guard let release = releaseNumbers[name] else {
            let known = releases.sorted { $0.first < $1.first }.suffix(10).map(\.name).joined(separator: ", ")
            throw Failure(description: "the log knows no release \(name); it has: \(known.isEmpty ? "none" : known)")
        }
        let start = releases[release].first
        return groups.values.filter { group in group.releases.allSatisfy { releases[$0].first >= start } }
    }
}

extension SlowQueryReport {
    var rankedCount: Int { groups.values.count { $0.isRanked } }
    var failures: Int { groups.values.reduce(0) { $0 + $1.failed } }
    var allRepeatedRequests: Int { groups.values.reduce(0) { $0 + $1.nPlusOne.requests + $1.duplicates.requests } }
}
