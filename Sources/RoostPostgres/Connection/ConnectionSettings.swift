/// How to reach the database.
public struct ConnectionSettings: Sendable {
    /// Whether a pooler shares one server connection between clients.
    public enum Pooler: Sendable {
        /// Directly connected, or a pooler that keeps a server connection for the whole session.
        case session
        /// PgBouncer in transaction mode: no named prepared statements, no session state.
        case transaction
    }

    /// A libpq URL or `key=value` string; several hosts and everything else libpq knows are allowed.
    public var url: String
    /// Where reads go that ask for `connection.replica`. Default: nil, the primary.
    public var replicaURL: String?
    /// The time a request has, from which statements get their timeouts; see ``TimeBudget``. Default: nil, no limit.
    public var requestTime: Duration?
    /// Shown in `pg_stat_activity`: app and worker slot. Default: none.
    public var applicationName: String?
    /// Default: `.session`.
    public var pooler = Pooler.session
    /// Parameters of the server that each session starts with, such as `work_mem`, in this order. Not behind a pooler in
    /// transaction mode, whose sessions belong to nobody: set them for the role there. Default: none.
    public var sessionParameters: [(name: String, value: String)] = []
    /// Prepared statements kept per connection. Default: 256.
    public var statementCacheSize = 256
    /// Seconds to wait for each host at connect, unless the URL says otherwise. Default: 5.
    public var connectTimeout = 5
    /// Times a connection is tried before an error. Default: 3.
    public var connectAttempts = 3
    /// Milliseconds of unacknowledged data after which a TCP peer counts as dead. Default: 15,000.
    public var tcpUserTimeout = 15_000
    /// Idle seconds before the first TCP keepalive probe. Default: 30.
    public var keepaliveIdle = 30

    public init(url: String) {
        self.url = url
    }

    /// libpq keywords in order; a later one wins. Defaults come before the URL, what must hold comes after.
    var keywords: [(String, String)] {
        var list = [
            ("connect_timeout", String(connectTimeout)), ("keepalives", "1"),
            ("keepalives_idle", String(keepaliveIdle)),
            ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", String(tcpUserTimeout)),
            ("gssencmode", "disable"), ("fallback_application_name", "roost"), ("dbname", url),
            ("client_encoding", "UTF8"),
        ]
        if let applicationName { list.append(("application_name", applicationName)) }
        return list
    }
}
