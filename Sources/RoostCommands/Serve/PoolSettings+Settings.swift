internal import Roost
internal import RoostGateway
internal import RoostPool

extension PoolSettings {
    /// The `pool.*` part of an application's settings.
    /// - Throws: `SettingError` naming where the first unusable value came from.
    init(_ settings: Settings) throws {
        self.init()
        listen = try settings.list("pool.listen").map { text in
            try Self.explaining("pool.listen", settings) { try ListenAddress(parsing: text) }
        }
        try takeSocket(settings)
        try takeTimes(settings)
        try takeWorkers(settings)
        do {
            try validate()
        } catch let error as SettingsError {
            let key = "pool.\(error.key)"
            throw SettingError(key, error.reason, (try? settings.value(key)?.origin) ?? .standard)
        }
    }

    private mutating func takeSocket(_ settings: Settings) throws {
        socketMode = try settings.fileMode("pool.socket_mode")
        socketGroup = try settings.optionalText("pool.socket_group")
        backlog = Int32(try settings.count("pool.backlog"))
        user = try settings.optionalText("pool.user")
        group = try settings.optionalText("pool.group")
        allowRoot = try settings.flag("pool.allow_root")
        pidFile = try settings.optionalText("pool.pid_file")
        controlSocket = try settings.optionalText("pool.control")
    }

    private mutating func takeTimes(_ settings: Settings) throws {
        requestTimeout = try settings.duration("pool.request_timeout")
        slowRequest = try settings.duration("pool.slow_request")
        killGrace = try settings.duration("pool.kill_grace")
        bootTimeout = try settings.duration("pool.boot_timeout")
        gracefulTimeout = try settings.duration("pool.graceful_timeout")
        handoverAfter = try settings.duration("pool.handover_after")
        headerTimeout = try settings.duration("pool.header_timeout")
        bodyTimeout = try settings.duration("http.body_timeout")
    }

    private mutating func takeWorkers(_ settings: Settings) throws {
        if try settings.optionalText("pool.workers") != nil { workers = try settings.count("pool.workers") }
        maxRequests = try settings.count("pool.max_requests")
        maxRequestsJitter = try settings.count("pool.max_requests_jitter")
    }

    private static func explaining<T>(_ key: String, _ settings: Settings, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as SettingsError {
            throw SettingError(key, error.reason, try settings.value(key)?.origin ?? .standard)
        }
    }
}

extension GatewayLimits {
    init(_ settings: Settings) throws {
        self.init()
        params = try settings.size("http.max_params")
        body = try settings.size("http.max_body")
        spoolAbove = try settings.size("http.spool_above")
        spoolFolder = try settings.text("http.spool_folder")
    }
}
