internal import Logging
public import Roost
public import RoostPostgres

/// The app's database: one connection per worker, and an account of every statement in the trace and the slow-query log.
public final class AppDatabase {
    /// The worker's connection; it opens on first use, after the fork.
    public let connection: Connection
    /// Where slow statements are written; set before serving.
    public var slowQueryLog: LogFile? {
        get { recorder.log }
        set { recorder.log = newValue }
    }
    /// Accounts for the statements: slow ones, repeats, plans.
    public let recorder: StatementRecorder
    /// Told the text of each statement that begins, and nothing (an empty text) when it has ended.
    public var statementObserver: ((String) -> Void)?
    /// The request on whose behalf statements run now.
    weak var request: Request?
    /// Whether a template asked for the statement that runs now, rather than the view.
    private var isRendering = false

    init(connection: Connection, slow: SlowQuerySettings, logger: Logger) {
        self.connection = connection
        recorder = StatementRecorder(settings: slow, logger: logger)
        connection.willExecute = { [unowned self] statement in
            if let trace = request?.trace {
                // A pipeline begins several before the first is done.
                if trace.phase != .sql { isRendering = trace.phase == .rendering }
                trace.phase = .sql
            }
            statementObserver?(statement)
        }
        connection.observer = { [unowned self] event in record(event) }
    }

    private func record(_ event: QueryEvent) {
        statementObserver?("")
        if let trace = request?.trace {
            trace.phase = isRendering ? .rendering : .view
            trace.record(
                .sql, event.statement, start: Int64(event.start), duration: Int64(event.totalNanoseconds),
                site: RequestTrace.Span.Site(file: event.site.file, line: event.site.line))
        }
        recorder.record(event, for: request)
    }
}
