internal import Logging
public import Roost
internal import RoostHTTP
public import RoostPostgres

/// Accounts for every statement of a worker: slow, failed and cancelled ones, repeats within a request, plans.
///
/// What runs for each statement takes a fraction of a microsecond: a hash of its text and values and a look into a
/// table. Fingerprints are taken when a line is written, and at the end of a request that repeated itself.
public final class StatementRecorder {
    public let settings: SlowQuerySettings
    /// Where the lines go; nil writes none.
    public var log: LogFile?
    /// The pool's generation, for the lines; set by the worker.
    public var generation: Int?
    /// Who is logged in, for the lines. Asked only when a line is written; must not change the request.
    public var userID: ((Request) -> String?)?
    /// More lines than this of one request are counted and not written.
    static let lineLimit = 1000

    private let logger: Logger
    private var repeats: RepeatTracker
    /// Whose statements are counted; compared only.
    private var current: ObjectIdentifier?
    private var lines = 0
    private var droppedLines = 0
    private var fingerprints = FingerprintCache()
    private var plans: PlanQueue

    init(settings: SlowQuerySettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
        repeats = RepeatTracker(valueLimit: settings.repeats)
        plans = PlanQueue()
    }

    /// Takes one statement that has run, or failed. `AppDatabase` calls it for each.
    public func record(_ event: QueryEvent, for request: Request?) {
        let isWritten = event.totalNanoseconds >= settings.threshold || event.error != nil
        if let request {
            if current != ObjectIdentifier(request) { begin(request) }
            repeats.note(event, logged: isWritten)
        }
        if isWritten { write(event, request) }
    }

    /// The request is over: what it repeated is written.
    public func finish(_ request: Request) {
        guard current == ObjectIdentifier(request) else { return }
        writeRepeats(of: request)
        if droppedLines > 0 { writeDropped(request) }
        begin(nil)
    }

    private func begin(_ request: Request?) {
        current = request.map { ObjectIdentifier($0) }
        (lines, droppedLines) = (0, 0)
        repeats.removeAll()
    }

    // MARK: Slow, failed and cancelled

    private func write(_ event: QueryEvent, _ request: Request?) {
        guard mayWrite(for: request) else { return }
        let fingerprint = fingerprints.fingerprint(of: event.statement)
        let kind = event.error == nil ? "slow" : event.error?.isCancelled == true ? "cancelled" : "failed"
        write(kind, request) { line in
            line.statement(event.statement, fingerprint)
            line.milliseconds("duration_ms", event.totalNanoseconds)
            line.milliseconds("wait_ms", event.waitNanoseconds)
            line.milliseconds("server_ms", event.serverNanoseconds)
            line.milliseconds("decode_ms", event.decodingNanoseconds)
            line.field("start", Self.wallClock(of: event))
            line.field("rows", event.rows)
            line.parameters(event.sql, shown: settings.showsParameters)
            line.field("call_site", event.site.description)
            guard let error = event.error else { return }
            line.field("error", error.description)
            if let state = error.sqlState { line.field("sql_state", state) }
        }
        guard event.error == nil else { return }
        warn("slow query", fingerprint, event.site, request, ["duration_ms": "\(event.totalNanoseconds / 1_000_000)"])
        if settings.explains, let request { plans.add(event.sql, fingerprint, event.site, request) }
    }

    /// When the statement began, by the wall clock.
    private static func wallClock(of event: QueryEvent) -> String {
        let elapsed = Clock.monotonic() - Int64(clamping: event.start)
        return Timestamp(microseconds: Clock.now() - elapsed / 1000).iso8601
    }

    // MARK: Repeats

    private func writeRepeats(of request: Request) {
        // Nothing can have run more than `repeats` times when fewer statements have run.
        guard request.trace.sqlCount > settings.repeats else { return }
        let found = StatementRepeat.find(in: repeats.entries, limit: settings.repeats) {
            fingerprints.fingerprint(of: $0)
        }
        for repetition in found where !isIgnored(repetition, request) && mayWrite(for: request) {
            write(repetition, request)
        }
    }

    private func isIgnored(_ repetition: StatementRepeat, _ request: Request) -> Bool {
        guard !settings.ignored.isEmpty else { return false }
        let hash = repetition.fingerprint.hash
        return settings.ignored.contains { ignored in
            switch ignored.subject {
            case .endpoint(let name): name == request.endpoint
            case .fingerprint(let fingerprint): fingerprint == hash
            }
        }
    }

    private func write(_ repetition: StatementRepeat, _ request: Request) {
        write(repetition.kind.rawValue, request) { line in
            line.statement(repetition.statement, repetition.fingerprint)
            line.field("count", repetition.count)
            line.milliseconds("total_ms", repetition.total)
            line.milliseconds("max_ms", repetition.longest)
            line.field("logged_count", repetition.loggedCount)
            line.milliseconds("logged_ms", repetition.loggedTotal)
            if repeats.untracked > 0 { line.field("untracked", repeats.untracked) }
            line.field("call_site", repetition.site.description)
        }
        warn(
            repetition.kind == .nPlusOne ? "n+1 queries" : "duplicate queries", repetition.fingerprint, repetition.site,
            request,
            [
                "count": "\(repetition.count)", "total_ms": "\(repetition.total / 1_000_000)",
                "advice": "\(repetition.advice)",
            ])
    }

    // MARK: Plans

    /// Asks for the plans of the request's slow SELECTs and writes them. Call it after the response has gone out.
    func writePlans(connection settings: ConnectionSettings) {
        let waiting = plans.takeAll()
        guard !waiting.isEmpty else { return }
        let capture = PlanCapture(
            connection: settings, timeout: self.settings.explainTimeout, shown: self.settings.showsParameters)
        for (query, plan) in capture.plans(of: waiting) { write(plan, of: query) }
    }

    private func write(_ plan: Result<QueryPlan, PlanError>, of query: PlanQueue.Query) {
        write("plan", query.request) { line in
            line.statement(query.sql.text, query.fingerprint)
            line.field("call_site", query.site.description)
            switch plan {
            case .success(let plan):
                line.text("plan", plan.text)
                line.field("plan_kind", plan.kind.rawValue)
                line.field("plan_shape", plan.shape)
            case .failure(let error): line.field("error", error.reason)
            }
        }
    }

    // MARK: Lines

    /// A request that goes wrong a million times does not fill the disk.
    private func mayWrite(for request: Request?) -> Bool {
        guard request != nil else { return true }
        guard lines < Self.lineLimit else {
            droppedLines += 1
            return false
        }
        lines += 1
        return true
    }

    private func writeDropped(_ request: Request) {
        write("dropped", request) { line in line.field("count", droppedLines) }
    }

    private func write(_ kind: String, _ request: Request?, _ body: (inout RecordLine) -> Void) {
        guard let log else { return }
        let origin = RecordLine.Origin(
            request: request, userID: request.flatMap { userID?($0) ?? $0.knownUserID }, generation: generation, release: settings.release
        )
        log.write(line: RecordLine.make(kind: kind, origin, body))
    }

    private func warn(
        _ message: Logger.Message, _ fingerprint: SQLFingerprint, _ site: RoostPostgres.CallSite, _ request: Request?,
        _ more: Logger.Metadata
    ) {
        let common: Logger.Metadata = [
            "fingerprint": "\(fingerprint.hash)", "call_site": "\(site)", "endpoint": "\(request?.endpoint ?? "-")",
            "request_id": "\(request?.requestID ?? "-")",
        ]
        logger.warning(message, metadata: common.merging(more) { $1 })
    }
}

/// The fingerprints of the texts seen last, since a worker meets the same slow statements again.
struct FingerprintCache {
    private var known: [UInt64: SQLFingerprint] = [:]
    private static let capacity = 256

    mutating func fingerprint(of statement: String) -> SQLFingerprint {
        let hash = SQL.unsafe(statement).textHash
        if let fingerprint = known[hash] { return fingerprint }
        let fingerprint = SQLFingerprint(of: statement)
        if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
        // A folded text can be as long as its statement: only ordinary ones are worth keeping.
        if fingerprint.text.utf8.count <= 4096 { known[hash] = fingerprint }
        return fingerprint
    }
}
