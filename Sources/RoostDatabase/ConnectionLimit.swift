internal import Glibc
internal import Logging
internal import Roost
internal import RoostPostgres

/// Whether the server takes as many connections as the workers may open together.
public struct ConnectionLimit: Sendable, Hashable {
    /// Worker processes; each opens one connection.
    public let workers: Int
    /// The server's `max_connections`.
    public let limit: Int
    /// How many of them are kept for superusers.
    public let reserved: Int

    public init(workers: Int, limit: Int, reserved: Int) {
        (self.workers, self.limit, self.reserved) = (workers, limit, reserved)
    }

    /// The arithmetic as a sentence when it does not come out, nil when it does.
    ///
    /// While workers are replaced, old and new ones are connected together: one more is counted.
    public var warning: String? {
        let needed = workers + 1
        let available = limit - reserved
        guard needed > available else { return nil }
        return "\(workers) workers and 1 being replaced need \(needed) connections, and the server gives "
            + "\(max(available, 0)) (max_connections \(limit) less \(reserved) reserved): lower pool.workers, raise "
            + "max_connections, or put PgBouncer between them"
    }

    /// Asks the server. Behind a pooler nothing can be said about it.
    static func ask(_ connection: Connection, workers: Int) throws -> ConnectionLimit? {
        guard connection.settings.pooler == .session else { return nil }
        let (limit, reserved) = try connection.one(
            """
            SELECT current_setting('max_connections')::int, current_setting('superuser_reserved_connections')::int
            """, as: (Int, Int).self)
        return ConnectionLimit(workers: workers, limit: limit, reserved: reserved)
    }
}

extension AppDatabase {
    /// Lets the first worker compare the workers with what the server takes, once, when it has connected.
    func checkLimitOnOpening(_ app: App) {
        guard app.workerSlot == 0, let workers = app.expectedWorkers else { return }
        connection.didOpen = { connection in
            connection.didOpen = nil
            // It is nobody's statement: not the first request's either, which happens to open the connection.
            let (observer, willExecute) = (connection.observer, connection.willExecute)
            (connection.observer, connection.willExecute) = (nil, nil)
            defer { (connection.observer, connection.willExecute) = (observer, willExecute) }
            do {
                guard let warning = try ConnectionLimit.ask(connection, workers: workers)?.warning else { return }
                app.logger.warning("too few database connections", metadata: ["arithmetic": "\(warning)"])
            } catch {
                app.logger.notice("the connection limit is not known", metadata: ["error": "\(error)"])
            }
        }
    }
}

extension App {
    /// `pool.workers`, or its default of two for each processor core; nil for programs without a pool.
    fileprivate var expectedWorkers: Int? {
        guard settings.known.contains(where: { $0.key == "pool.workers" }) else { return nil }
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return (try? settings.optionalText("pool.workers").flatMap { Int($0) }) ?? 2 * max(cores, 1)
    }
}
