internal import Glibc
internal import RoostPostgres

/// What every release does to the database: all of it may be done again and again, and by two at once.
struct Deployment {
    let database: Connection
    let language: SearchLanguage
    /// Told what is done, a line each.
    let report: (String) -> Void

    private static let lock: SQL = "hashtextextended('flasky deploy ' || coalesce(current_schema(), ''), 0)"

    /// - Parameter migrate: brings the schema to its head; it has a connection of its own.
    /// - Throws: what migrating throws, and `QueryError`.
    func run(migrate: () throws -> Void) throws {
        try locked {
            try migrate()
            try Role.insertAll(in: database)
            report("roles are up to date")
            try followThemselves()
            try SearchIndex(language: language, database: database).makeCurrent(report)
        }
    }

    /// One at a time for each database and schema. The lock belongs to the session and is gone with it, too.
    private func locked(_ body: () throws -> Void) throws {
        try acquire()
        do { try body() } catch {
            // A lost connection has lost the lock with it. What went wrong is worth more than a failure to unlock.
            if database.isOpen { _ = try? release() }
            throw error
        }
        try release()
    }

    /// Asks again and again: a session that waits inside a statement would stop CREATE INDEX CONCURRENTLY for ever.
    private func acquire() throws {
        var hasTold = false
        while try !database.value("SELECT pg_try_advisory_lock(\(Self.lock))", as: Bool.self) {
            if !hasTold { report("waiting: another deployment runs") }
            hasTold = true
            usleep(200_000)
        }
    }

    private func release() throws { try database.execute("SELECT pg_advisory_unlock(\(Self.lock))") }

    /// Everybody follows himself, so that the time line of the followed has one's own posts.
    private func followThemselves() throws {
        let added = try database.execute(
            """
            INSERT INTO follows (follower_id, followed_id, timestamp)
            SELECT id, id, now() AT TIME ZONE 'UTC' FROM users ON CONFLICT DO NOTHING
            """)
        report("\(added) users now follow themselves")
    }
}
