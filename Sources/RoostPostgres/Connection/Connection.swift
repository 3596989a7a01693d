import CLibPQ
import Glibc

/// One connection to PostgreSQL: opened on first use, opened again when found dead.
///
///     let db = Connection(settings: ConnectionSettings(url: "postgresql:///blog"))
///     let names = try db.rows("SELECT id, username FROM users WHERE id = ANY(\(ids))", as: (Int, String).self)
///
/// Synchronous and for one thread. Make it after the fork: a connection inherited from the parent is left alone and
/// replaced. A statement that was not sent, or that only reads outside a transaction, is repeated once when the
/// connection turns out to be dead; any other fails with an error that says so.
public final class Connection {
    public private(set) var settings: ConnectionSettings
    /// Called after each statement, failed ones too.
    public var observer: ((QueryEvent) -> Void)? {
        didSet { readConnection?.observer = observer }
    }
    /// Called with the text of each statement before it is sent.
    public var willExecute: ((String) -> Void)? {
        didSet { readConnection?.willExecute = willExecute }
    }

    var handle: OpaquePointer?
    /// What `cancel` needs, in memory of its own so that a signal handler may read it at any moment.
    let cancellation: UnsafeMutablePointer<OpaquePointer?>
    var cache: StatementCache
    var nextStatement = 1
    /// Statements to deallocate once the server takes commands again.
    var discarded: [String] = []
    var parameters = ParameterBuffer()
    let notices = NoticeSink()
    var owner: pid_t = 0
    /// How often a connection was opened; a new one may lie where the old one lay in memory.
    var openings = 0
    var lastUse: UInt64 = 0
    /// While set, opening is tried once without pauses: the last attempt failed moments ago.
    var failFastUntil: UInt64 = 0
    /// Called when a connection was opened, before the statement that needed it; may run statements of its own.
    public var didOpen: ((Connection) -> Void)?
    /// The time that statements may still take; each is sent with the server's `statement_timeout` set to what is left.
    public var timeBudget: TimeBudget? {
        didSet { readConnection?.timeBudget = timeBudget }
    }
    /// The `statement_timeout` of the session in milliseconds, nil when it is the server's own or not known.
    var appliedTimeout: UInt64?
    /// The timeout was changed inside a transaction whose end may have taken it back.
    var isTimeoutUncertain = false
    /// The connection to the replica, when the settings name one.
    private let readConnection: Connection?
    /// A transaction that the next statement opens.
    var awaited: AwaitedTransaction?
    /// Channels that LISTEN was said for, to be said again on a new connection.
    var channels: [String] = []
    /// Notifications that arrived while something else was awaited.
    var inbox: [Notification] = []
    /// A COPY has the connection to itself.
    var isCopying = false
    /// Nesting of `transaction { }`.
    var depth = 0
    /// The connection that carried the open transaction is gone.
    var isTransactionLost = false
    /// The last statement ended inside a transaction.
    var wasLeftOpen = false
    /// The transaction round everything, while `withSandbox` runs.
    var sandbox: Sandbox?

    public init(settings: ConnectionSettings) {
        self.settings = settings
        cache = StatementCache(capacity: settings.statementCacheSize)
        readConnection = settings.replicaURL.map { url in
            var settings = settings
            (settings.url, settings.replicaURL) = (url, nil)
            return Connection(settings: settings)
        }
        cancellation = .allocate(capacity: 1)
        cancellation.initialize(to: nil)
    }

    deinit {
        close()
        cancellation.deallocate()
    }

    /// Called with each notice or warning of the server; they are dropped otherwise.
    public var noticeHandler: ((String) -> Void)? {
        get { notices.handler }
        set { notices.handler = newValue }
    }

    /// Where reads may go that need not see the latest writes: a connection to the settings' replica, or this one when
    /// they name none. A replica follows by milliseconds to seconds: read here what you have just written. Inside
    /// ``withSandbox(serialized:file:line:function:_:)`` always this one: no other sees what was written there.
    public var replica: Connection { sandbox == nil ? readConnection ?? self : self }

    /// What `pg_stat_activity` shows from the next opening on: app and worker slot.
    public func rename(_ applicationName: String) {
        settings.applicationName = applicationName
        readConnection?.rename(applicationName)
    }

    /// True while a connection is open, as far as is known without asking the server.
    public var isOpen: Bool { handle != nil }

    /// The server process that serves this connection, 0 when none is open.
    public var backendProcessID: Int { handle.map { Int(PQbackendPID($0)) } ?? 0 }

    /// The server is inside a transaction for this connection.
    public var isInTransaction: Bool {
        depth > 0 || handle.map { !isIdle($0) } ?? false
    }

    /// Closes the connection. The next statement opens a new one.
    public func close() {
        if let cancel = cancellation.pointee {
            cancellation.pointee = nil
            PQfreeCancel(cancel)
        }
        if let handle, owner == getpid() { PQfinish(handle) }
        handle = nil
        cache.removeAll()
        discarded.removeAll()
        appliedTimeout = nil
        if depth > 0 { isTransactionLost = true }
        sandbox?.isLost = true
    }

    /// Asks the server to cancel the running statement, also the replica's; it then fails with SQLSTATE 57014.
    ///
    /// May be called from a signal handler: it allocates nothing.
    ///
    /// - Returns: false when there is no connection, or the request could not be delivered.
    @discardableResult
    public func cancel() -> Bool {
        let reachedReplica = readConnection?.cancel() ?? false
        guard let cancel = cancellation.pointee else { return reachedReplica }
        var reason: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        return withUnsafeMutableBytes(of: &reason) {
            PQcancel(cancel, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count)) == 1
                || reachedReplica
        }
    }
}

/// Takes the server's notices, which libpq would print to standard error.
final class NoticeSink {
    var handler: ((String) -> Void)?

    func attach(to handle: OpaquePointer) {
        PQsetNoticeProcessor(
            handle,
            { context, message in
                guard let context, let message else { return }
                Unmanaged<NoticeSink>.fromOpaque(context).takeUnretainedValue().handler?(
                    String(cString: message).trimmed)
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
