internal import Roost
internal import RoostPostgres

/// The slow SELECTs whose plans shall be asked for after the response: few for a request, one a minute for a statement.
struct PlanQueue {
    struct Query {
        let sql: SQL
        let fingerprint: SQLFingerprint
        let site: RoostPostgres.CallSite
        let request: Request
    }

    /// Plans for one request.
    static let limit = 3
    /// Between two plans of one statement, in nanoseconds.
    static let pause: Int64 = 60_000_000_000
    /// Statements whose last plan is remembered.
    static let memory = 512
    /// A statement longer than this is not worth sending again.
    static let statementLimit = 65_536

    private var waiting: [Query] = []
    private var lastTimes: [UInt64: Int64] = [:]

    mutating func add(
        _ sql: SQL, _ fingerprint: SQLFingerprint, _ site: RoostPostgres.CallSite, _ request: Request,
        now: Int64 = Clock.monotonic()
    ) {
        guard waiting.count < Self.limit, sql.text.utf8.count <= Self.statementLimit else { return }
        if let last = lastTimes[fingerprint.value], now - last < Self.pause { return }
        guard PlanCapture.canExplain(sql.text) else { return }
        if lastTimes.count >= Self.memory { lastTimes = lastTimes.filter { now - $0.value < Self.pause } }
        // Still full: more statements are slow in this minute than anybody will read plans of.
        guard lastTimes.count < Self.memory else { return }
        lastTimes[fingerprint.value] = now
        waiting.append(Query(sql: sql, fingerprint: fingerprint, site: site, request: request))
    }

    mutating func takeAll() -> [Query] {
        if waiting.isEmpty { return [] }
        defer { waiting.removeAll() }
        return waiting
    }
}
