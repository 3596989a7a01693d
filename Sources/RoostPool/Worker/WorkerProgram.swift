/// What a worker runs. Built once by the master before any fork, so all workers share its memory until they write.
public protocol WorkerProgram: AnyObject {
    /// Gets ready in the worker, after the fork and as the worker's user: open the database, run start hooks.
    ///
    /// An error is a failed boot; its description becomes the reason in the event.
    func boot(_ context: WorkerContext) throws

    /// Handles exactly one request on a connection that has something to read.
    ///
    /// Blocking is fine. Call `context.describeRequest` (or `setPhase(.view)`) once the request has been read: until
    /// then `headerTimeout` runs, after which the connection is shut down and reads see its end. Plain blocking reads
    /// are restarted after signals: set no SO_RCVTIMEO on the connection.
    func serve(_ descriptor: Int32, _ context: WorkerContext) -> ConnectionState

    /// Opens log files again. Called in the master and in every worker, between requests.
    func reopenLogs()

    /// The worker ends after this: flush and close.
    func stop()
}

/// Whose the connection is after one request.
public enum ConnectionState: Sendable {
    /// The worker goes on holding the descriptor.
    case keep
    /// The program has closed it.
    case closed
}
