import Glibc
import RoostPostgres

/// One migrator at a time, for each database and schema.
///
/// The lock belongs to a session of its own that is never inside a transaction: a waiting migrator that held a
/// snapshot would block CREATE INDEX CONCURRENTLY of the working one for ever.
struct MigrationLock {
    private let session: Connection
    private static let key: SQL = "hashtextextended('roost migrations ' || coalesce(current_schema(), ''), 0)"

    init(settings: ConnectionSettings) {
        var settings = settings
        settings.applicationName = "roost migrations lock"
        session = Connection(settings: settings)
    }

    /// Takes the lock, asking again and again.
    ///
    /// - Throws: ``MigrationError`` of code `locked` after `seconds`.
    func acquire(seconds: Int, waiting: (String) -> Void) throws {
        var told: String?
        let end = Self.monotonicSeconds + Double(seconds)
        while true {
            if try session.value("SELECT pg_try_advisory_lock(\(Self.key))", as: Bool.self) { return }
            let holder = try holder() ?? "another migrator"
            guard Self.monotonicSeconds < end else {
                throw MigrationError(.locked, "waited \(seconds) s for \(holder) to finish migrating")
            }
            if told != holder {
                told = holder
                waiting(holder)
            }
            usleep(UInt32.random(in: 100_000...300_000))
        }
    }

    /// Closing the session frees the lock whatever happened before.
    func release() {
        session.close()
    }

    private func holder() throws -> String? {
        try session.first(
            """
            SELECT format('%s (pid %s, %s, connected since %s)', coalesce(nullif(a.application_name, ''), a.usename),
                a.pid, coalesce(a.client_addr::text, 'local'), to_char(a.backend_start, 'HH24:MI:SS'))
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (l.classid::bigint << 32 | l.objid::bigint) = \(Self.key)
            """, as: String.self)
    }

    private static var monotonicSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
