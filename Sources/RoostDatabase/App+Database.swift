public import Roost
public import RoostPostgres

extension App {
    /// Gives the app its database from `database.*` and `slow_query.*`, as `request.database`.
    ///
    /// Opens nothing: the connection is made in each worker, when the first view asks for it.
    /// - Throws: `SettingError` for values that do not fit.
    public func useDatabase(_ settings: Settings) throws {
        try useDatabase(
            ConnectionSettings(settings, applicationName: name), slow: try SlowQuerySettings(settings))
    }

    /// Gives the app a database by values, for tests and small programs.
    public func useDatabase(_ settings: ConnectionSettings, slow: SlowQuerySettings = SlowQuerySettings()) throws {
        let connection = Connection(settings: settings)
        let database = AppDatabase(connection: connection, slow: slow, logger: logger)
        extensions[DatabaseKey.self] = database
        try teardownRequest { request, _ in
            defer {
                database.recorder.finish(request)
                database.request = nil
            }
            // A view that left a transaction open must not lend it to the next request.
            if connection.isInTransaction { try connection.rollBackLeftovers() }
        }
        try afterResponse { _ in
            // The connection that asks for plans sees nothing of what a test has done.
            if !connection.isSandboxed { database.recorder.writePlans(connection: connection.settings) }
        }
    }

    /// The app's database, for commands and for setting its slow-query log; `nil` before `useDatabase`.
    public var database: AppDatabase? { extensions[DatabaseKey.self] }
}

private enum DatabaseKey: StorageKey {
    typealias Value = AppDatabase
}

extension Request {
    /// The worker's connection, with its statements accounted to this request.
    ///
    /// Stops the process when the app has no database: that is a mistake in `makeApp`, found by the first request.
    public var database: Connection {
        guard let database = app.database else {
            preconditionFailure("request.database: call app.useDatabase(settings) in makeApp first")
        }
        if database.request !== self { database.serve(self) }
        return database.connection
    }

    /// The worker's connection for reads that may be a moment behind: to the replica of `database.replica_url`, or the
    /// same as `database` when none is set.
    public var replica: Connection { database.replica }
}

extension AppDatabase {
    /// Makes statements count for a request: in its trace, and against its time.
    fileprivate func serve(_ request: Request) {
        self.request = request
        // A transaction that was to begin with a statement of the request before.
        if !connection.isInTransaction { connection.forgetLeftovers() }
        if connection.replica !== connection { connection.replica.forgetLeftovers() }
        if !connection.isOpen, let slot = request.app.workerSlot {
            connection.rename("\(request.app.name) worker \(slot)")
            checkLimitOnOpening(request.app)
        }
        connection.timeBudget = connection.settings.requestTime.map {
            TimeBudget($0 + Self.poolsLead, from: UInt64(request.trace.start))
        }
    }

    /// The pool cancels a late request's statement itself and says so in its events; the server's own timeout follows
    /// for a worker that the pool could not reach.
    private static let poolsLead = Duration.milliseconds(500)
}

extension ConnectionSettings {
    /// The `database.*` part of an application's settings.
    /// - Parameter applicationName: what `pg_stat_activity` shows.
    public init(_ settings: Settings, applicationName: String) throws {
        self.init(url: try settings.optionalText("database.url") ?? "")
        self.applicationName = applicationName
        replicaURL = try settings.textIfListed("database.replica_url")
        pooler = try settings.textIfListed("database.pooler") == "transaction" ? .transaction : .session
        sessionParameters = try Self.sessionParameters(settings)
        if settings.known.contains(where: { $0.key == "pool.request_timeout" }) {
            requestTime = try settings.optionalDuration("pool.request_timeout")
        }
        connectTimeout = max(1, Int(try settings.duration("database.connect_timeout") / .seconds(1)))
    }
}

extension Settings {
    /// The text of a setting that small programs need not list.
    fileprivate func textIfListed(_ key: String) throws -> String? {
        known.contains { $0.key == key } ? try optionalText(key) : nil
    }
}
