/// What one statement did, for the slow-query log and the request's trace.
public struct QueryEvent {
    public let sql: SQL
    public let site: CallSite
    /// Start on the monotonic clock, in nanoseconds.
    public let start: UInt64
    /// Opening or repairing the connection, in nanoseconds.
    public let waitNanoseconds: UInt64
    /// From sending to the complete result, in nanoseconds: server and network.
    public let serverNanoseconds: UInt64
    /// Turning the result into values, in nanoseconds.
    public let decodingNanoseconds: UInt64
    /// Rows returned or affected.
    public let rows: Int
    /// Why the statement failed, nil when it did not.
    public let error: QueryError?

    /// The statement with placeholders.
    public var statement: String { sql.text }
    /// The bound values; secrets are hidden.
    public var parameters: [String] { sql.loggableValues }
    public var totalNanoseconds: UInt64 { waitNanoseconds + serverNanoseconds + decodingNanoseconds }
}
