import RoostPostgres

/// The table `schema_migrations`. dbmate's table of the same name is taken over: it has the version only.
struct MigrationStore {
    let db: Connection

    func prepare() throws {
        try db.script(
            unsafe: """
                CREATE TABLE IF NOT EXISTS schema_migrations (version varchar(255) PRIMARY KEY);
                ALTER TABLE schema_migrations
                    ADD COLUMN IF NOT EXISTS checksum text,
                    ADD COLUMN IF NOT EXISTS applied_at timestamptz DEFAULT now(),
                    ADD COLUMN IF NOT EXISTS duration_ms bigint,
                    ADD COLUMN IF NOT EXISTS statements_done integer;
                """)
    }

    /// All rows, lowest version first; none when there is no table yet.
    func applied() throws -> [AppliedMigration] {
        guard try db.value("SELECT to_regclass('schema_migrations') IS NOT NULL", as: Bool.self) else { return [] }
        let hasChecksum: Bool = try db.value(
            """
            SELECT EXISTS (SELECT 1 FROM pg_attribute
                WHERE attrelid = to_regclass('schema_migrations') AND attname = 'statements_done' AND NOT attisdropped)
            """)
        if !hasChecksum {
            let versions = try db.rows("SELECT version FROM schema_migrations", as: String.self)
            return versions.map { AppliedMigration(version: $0, checksum: nil, appliedAt: "", statementsDone: nil) }
                .sorted { $0.number < $1.number }
        }
        let rows = try db.rows(
            "SELECT version, checksum, applied_at, statements_done FROM schema_migrations",
            as: (String, String?, Timestamp?, Int?).self)
        return rows.map { version, checksum, appliedAt, done in
            AppliedMigration(
                version: version, checksum: checksum, appliedAt: appliedAt?.iso8601, statementsDone: done)
        }.sorted { $0.number < $1.number }
    }

    /// SHA-256 of each text. PostgreSQL computes it, so that this library needs no cryptography of its own.
    func checksums(_ texts: [String]) throws -> [String] {
        try db.rows(
            """
            SELECT encode(sha256(convert_to(body, 'UTF8')), 'hex')
            FROM unnest(\(texts)::text[]) WITH ORDINALITY AS t(body, n) ORDER BY n
            """, as: String.self)
    }

    func record(_ migration: Migration, checksum: String, milliseconds: Int, statements: Int) throws {
        try db.execute(
            """
            INSERT INTO schema_migrations (version, checksum, applied_at, duration_ms, statements_done)
            VALUES (\(migration.version), \(checksum), clock_timestamp(), \(milliseconds), \(statements))
            ON CONFLICT (version) DO UPDATE SET checksum = excluded.checksum, applied_at = excluded.applied_at,
                duration_ms = excluded.duration_ms, statements_done = excluded.statements_done
            """)
    }

    /// Notes how far a file without a transaction has come; `applied_at` stays NULL until it is complete.
    func recordProgress(_ migration: Migration, checksum: String, statements: Int) throws {
        try db.execute(
            """
            INSERT INTO schema_migrations (version, checksum, applied_at, statements_done)
            VALUES (\(migration.version), \(checksum), NULL, \(statements))
            ON CONFLICT (version) DO UPDATE SET checksum = excluded.checksum, applied_at = NULL,
                statements_done = excluded.statements_done
            """)
    }

    func remove(_ version: String) throws {
        try db.execute("DELETE FROM schema_migrations WHERE version = \(version)")
    }

    func setChecksum(_ checksum: String, version: String) throws {
        try db.execute("UPDATE schema_migrations SET checksum = \(checksum) WHERE version = \(version)")
    }

    /// Indexes that CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY left unusable.
    func invalidIndexes() throws -> [String] {
        try db.rows(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1", as: String.self)
    }

    /// Sessions of this database with a transaction that has been open for a while: who a lock waits for, most likely.
    func longTransactions() throws -> [String] {
        try db.rows(
            """
            SELECT format('pid %s, %s, open for %s s: %s', pid, coalesce(nullif(application_name, ''), usename),
                extract(epoch FROM clock_timestamp() - xact_start)::int, left(query, 100))
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
            ORDER BY xact_start LIMIT 5
            """, as: String.self)
    }
}
