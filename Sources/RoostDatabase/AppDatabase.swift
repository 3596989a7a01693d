internal import Logging
public import Roost
internal import RoostHTTP
public import RoostPostgres

/// The app's database: one connection per worker, and an account of every statement in the trace and the slow-query log.
public final class AppDatabase {
    /// The worker's connection; it opens on first use, after the fork.
    public let connection: Connection
    /// Where slow statements are written; set before serving.
    public var slowQueryLog: LogFile?
    /// Told the text of each statement that begins, and nothing (an empty text) when it has ended.
    public var statementObserver: ((String) -> Void)?
    private let slow: SlowQuerySettings
    private let logger: Logger
    /// The request on whose behalf statements run now.
    weak var request: Request?

    init(connection: Connection, slow: SlowQuerySettings, logger: Logger) {
        self.connection = connection
        self.slow = slow
        self.logger = logger
        connection.willExecute = { [unowned self] statement in
            request?.trace.phase = .sql
            statementObserver?(statement)
        }
        connection.observer = { [unowned self] event in record(event) }
    }

    private func record(_ event: QueryEvent) {
        statementObserver?("")
        if let trace = request?.trace {
            trace.phase = .view
            trace.record(.sql, event.statement, start: Int64(event.start), duration: Int64(event.totalNanoseconds))
        }
        guard event.totalNanoseconds >= slow.threshold || event.error != nil else { return }
        write(event)
    }

    private func write(_ event: QueryEvent) {
        let record = SlowQueryRecord(event: event, request: request, showsParameters: slow.showsParameters)
        if let slowQueryLog {
            var json = JSONWriter(capacity: 512)
            record.append(to: &json)
            slowQueryLog.write(line: json.bytes)
        }
        guard event.error == nil else { return }
        logger.warning(
            "slow query",
            metadata: [
                "duration_ms": "\(event.totalNanoseconds / 1_000_000)", "call_site": "\(event.site)",
                "endpoint": "\(request?.endpoint ?? "-")", "request_id": "\(request?.requestID ?? "-")",
            ])
    }
}
