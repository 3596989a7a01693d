import Glibc

/// How the number of workers follows the load.
public enum ScalingMode: String, Sendable {
    case `static`, dynamic
    case onDemand = "on_demand"
}

/// Everything an operator can set about the pool, with its default.
public struct PoolSettings: Sendable {
    /// Where connections are accepted.
    public var listen: [ListenAddress] = [ListenAddress(.unix(path: "var/run/flasky.sock"))]
    /// Permission bits of Unix sockets.
    public var socketMode: UInt32 = 0o660
    /// Group that owns Unix sockets; none keeps the master's.
    public var socketGroup: String?
    /// Connections the kernel may queue for each listener.
    public var backlog: Int32 = 511
    public var mode: ScalingMode = .static
    /// The most workers; the number of workers in static mode.
    public var workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) * 2
    /// A request that runs this long is killed, after a warning at `slowRequest` and a cancel at this time.
    public var requestTimeout: Duration = .seconds(30)
    public var slowRequest: Duration = .seconds(2)
    /// Time between the cancel and SIGKILL.
    public var killGrace: Duration = .seconds(2)
    /// A worker that is not ready by then has failed to boot.
    public var bootTimeout: Duration = .seconds(10)
    /// How long a stopping worker may finish its request.
    public var gracefulTimeout: Duration = .seconds(30)
    /// Requests after which a worker is replaced; 0 never.
    public var maxRequests = 0
    /// Up to this many requests more, drawn by each worker; of no effect while `maxRequests` is 0.
    public var maxRequestsJitter = 0
    /// A worker busy this long passes the other connections it holds to idle workers.
    public var handoverAfter: Duration = .milliseconds(10)
    /// A request whose first byte has arrived must be there this much later.
    public var headerTimeout: Duration = .seconds(5)
    /// The longest pause in a request body, or in a client's reading of the answer.
    public var bodyTimeout: Duration = .seconds(30)
    /// A stopping worker closes the connections it holds once they have been silent for this long.
    public var quietPeriod: Duration = .milliseconds(100)
    /// Workers run as this user and group; the master keeps its own.
    public var user: String?
    public var group: String?
    public var allowRoot = false
    public var pidFile: String?
    public var controlSocket: String?

    public init() {}

    /// Refuses values that cannot work, alone or together.
    ///
    /// Throws the first `SettingsError` found.
    public func validate() throws {
        try validateListeners()
        try validateCounts()
        try validateTimes()
    }

    private func validateListeners() throws {
        guard !listen.isEmpty else { throw SettingsError("listen", "needs at least one address") }
        guard listen.count <= 32 else { throw SettingsError("listen", "takes at most 32 addresses") }
        guard Set(listen.map(\.place)).count == listen.count else {
            throw SettingsError("listen", "names the same address twice")
        }
        guard socketMode <= 0o777 else { throw SettingsError("socket_mode", "takes permission bits up to 0777") }
        guard backlog >= 1 else { throw SettingsError("backlog", "must be at least 1") }
        if let controlSocket, controlSocket.utf8.count > 107 {
            throw SettingsError("control_socket", "is \(controlSocket.utf8.count) bytes long; the kernel takes 107")
        }
    }

    private func validateCounts() throws {
        guard mode == .static else { throw SettingsError("mode", "only static is available yet") }
        guard (1...1000).contains(workers) else { throw SettingsError("workers", "must be from 1 to 1000") }
        guard maxRequests >= 0 else { throw SettingsError("max_requests", "must not be negative") }
        guard maxRequestsJitter >= 0 else { throw SettingsError("max_requests_jitter", "must not be negative") }
    }

    private func validateTimes() throws {
        let times: [(String, Duration)] = [
            ("request_timeout", requestTimeout), ("slow_request", slowRequest), ("kill_grace", killGrace),
            ("boot_timeout", bootTimeout), ("graceful_timeout", gracefulTimeout), ("handover_after", handoverAfter),
            ("header_timeout", headerTimeout), ("body_timeout", bodyTimeout), ("quiet_period", quietPeriod),
        ]
        for (key, value) in times where value <= .zero || value > .seconds(7 * 86_400) {
            throw SettingsError(key, "must be above 0 and at most 7 days")
        }
        guard slowRequest < requestTimeout else {
            throw SettingsError(
                "slow_request",
                "(\(slowRequest)) must be shorter than request_timeout (\(requestTimeout)), or no slow request is seen")
        }
        guard handoverAfter < requestTimeout else {
            throw SettingsError("handover_after", "must be shorter than request_timeout (\(requestTimeout))")
        }
    }
}
