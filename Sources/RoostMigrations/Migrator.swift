public import RoostPostgres

/// Brings a database to the state of a folder of migrations, and back.
///
///     let migrator = Migrator(settings: settings, folder: try MigrationFolder(path: "migrations"))
///     migrator.onEvent = { print($0) }
///     try migrator.upgrade()
///
/// A file's SQL and its row in `schema_migrations` commit together. A file with `-- migrate:no-transaction` records
/// each finished statement and goes on after the last one.
public final class Migrator {
    public let folder: MigrationFolder
    /// Told what happens; nothing is printed here.
    public var onEvent: ((MigrationEvent) -> Void)?
    /// `lock_timeout` for files that set none. Default: 5s.
    public var lockTimeout = "5s"
    /// How often a file is tried again when a lock was not free in time. Default: 3.
    public var lockRetries = 3
    /// Seconds to wait for another migrator. Default: 600.
    public var waitLimit = 600

    private let settings: ConnectionSettings
    private let db: Connection
    private let store: MigrationStore

    /// - Parameter settings: A direct connection: migrations need a session, not a pooler in transaction mode.
    public init(settings: ConnectionSettings, folder: MigrationFolder) {
        self.settings = settings
        self.folder = folder
        var own = settings
        own.applicationName = settings.applicationName ?? "roost migrations"
        db = Connection(settings: own)
        store = MigrationStore(db: db)
    }

    /// Compares folder and database; changes nothing.
    public func status() throws -> MigrationStatus {
        let applied = try store.applied()
        let sums = try checksums()
        let highest = applied.last?.number
        var entries = folder.migrations.map { migration in
            let row = applied.first { $0.number == migration.number }
            let state = state(of: migration, row: row, checksum: sums[migration.number], highest: highest)
            return MigrationStatus.Entry(
                version: migration.version, name: migration.name, state: state, appliedAt: row?.appliedAt)
        }
        for row in applied where folder.migration(row.version) == nil {
            entries.append(.init(version: row.version, name: "", state: .missing, appliedAt: row.appliedAt))
        }
        return MigrationStatus(entries: entries.sorted { VersionNumber($0.version) < VersionNumber($1.version) })
    }

    private func state(
        of migration: Migration, row: AppliedMigration?, checksum: String?, highest: VersionNumber?
    ) -> MigrationStatus.State {
        guard let row else {
            return highest.map { migration.number < $0 } ?? false ? .outOfOrder : .pending
        }
        if row.appliedAt == nil { return .unfinished(done: row.statementsDone ?? 0) }
        return row.checksum == nil || row.checksum == checksum ? .applied : .changed
    }

    private func checksums() throws -> [VersionNumber: String] {
        let sums = try store.checksums(folder.migrations.map(\.text))
        return Dictionary(uniqueKeysWithValues: zip(folder.migrations.map(\.number), sums))
    }

    /// Applies pending files in order.
    ///
    /// - Parameters:
    ///   - to: The last version to apply; all when nil.
    ///   - dryRun: Only tell what would be applied.
    ///   - allowOutOfOrder: Apply files with lower numbers than applied ones, too.
    /// - Returns: the files that were, or would be, applied.
    /// - Throws: ``MigrationError`` or ``QueryError``.
    @discardableResult
    public func upgrade(
        to target: String? = nil, dryRun: Bool = false, allowOutOfOrder: Bool = false
    ) throws -> [Migration] {
        if dryRun { return try plan(to: target, allowOutOfOrder: allowOutOfOrder) }
        return try locked {
            try store.prepare()
            let plan = try plan(to: target, allowOutOfOrder: allowOutOfOrder)
            for migration in plan { try apply(migration) }
            return plan
        }
    }

    private func plan(to target: String?, allowOutOfOrder: Bool) throws -> [Migration] {
        if let target, folder.migration(target) == nil {
            throw MigrationError(.missing, "there is no migration \(target) in \(folder.path)")
        }
        let entries = try status().entries
        let missing = entries.filter { $0.state == .missing }.map(\.version)
        if !missing.isEmpty { onEvent?(.missingFiles(missing)) }
        var plan: [Migration] = []
        for entry in entries {
            guard let migration = folder.migration(entry.version) else { continue }
            if let target, migration.number > VersionNumber(target) { break }
            switch entry.state {
            case .applied, .missing: continue
            case .changed: throw changed(migration)
            case .outOfOrder where !allowOutOfOrder: throw late(migration)
            case .pending, .outOfOrder, .unfinished: plan.append(migration)
            }
        }
        return plan
    }

    private func changed(_ migration: Migration) -> MigrationError {
        var error = MigrationError(.changed, "the file was changed after it had been applied", path: migration.path)
        error.notes = ["restore it and write a new migration, or accept the new text if it does the same"]
        return error
    }

    private func late(_ migration: Migration) -> MigrationError {
        var error = MigrationError(
            .outOfOrder, "is not applied, although files with higher numbers are", path: migration.path)
        error.notes = ["give it a new number, or allow files out of order"]
        return error
    }

    /// Undoes applied files, the highest first.
    ///
    /// - Parameters:
    ///   - count: How many; ignored when `to` is given.
    ///   - to: Undo everything above this version; `"0"` undoes all.
    /// - Returns: the files that were undone.
    @discardableResult
    public func downgrade(count: Int = 1, to target: String? = nil) throws -> [Migration] {
        try locked {
            try store.prepare()
            var rows = try store.applied()
            rows.reverse()
            let chosen =
                target.map { target in rows.filter { $0.number > VersionNumber(target) } }
                ?? Array(rows.prefix(max(count, 0)))
            var undone: [Migration] = []
            for row in chosen {
                guard let migration = folder.migration(row.version) else {
                    throw MigrationError(.missing, "version \(row.version) is applied and has no file to undo it with")
                }
                try rollBack(migration, version: row.version)
                undone.append(migration)
            }
            return undone
        }
    }

    /// Takes a changed file's present text as the applied one.
    public func accept(_ version: String) throws {
        guard let migration = folder.migration(version), let sum = try store.checksums([migration.text]).first,
            let row = try store.applied().first(where: { $0.number == migration.number })
        else { throw MigrationError(.missing, "version \(version) is not applied or has no file") }
        try store.setChecksum(sum, version: row.version)
    }

    /// Creates the next migration file and returns its path.
    public func new(_ name: String) throws -> String {
        try folder.create(name: name)
    }

    private func locked<Output>(_ body: () throws -> Output) throws -> Output {
        guard settings.pooler == .session else {
            throw MigrationError(.unsupported, "migrations need a direct connection, not a pooler in transaction mode")
        }
        let lock = MigrationLock(settings: settings)
        defer { lock.release() }
        try lock.acquire(seconds: waitLimit) { onEvent?(.waitingForLock(holder: $0)) }
        return try body()
    }

    private func apply(_ migration: Migration) throws {
        onEvent?(.applying(migration))
        let run = MigrationRun(
            migration: migration, section: migration.up, db: db, store: store, lockTimeout: lockTimeout)
        let milliseconds = try retrying(migration) {
            migration.up.withoutTransaction ? try run.applyPlainly { onEvent?($0) } : try run.applyInTransaction()
        }
        onEvent?(.applied(migration, milliseconds: milliseconds))
    }

    private func rollBack(_ migration: Migration, version: String) throws {
        guard let section = migration.down else {
            throw MigrationError(.file, "the file has no \"-- migrate:down\" section", path: migration.path)
        }
        onEvent?(.rollingBack(migration))
        let run = MigrationRun(migration: migration, section: section, db: db, store: store, lockTimeout: lockTimeout)
        let milliseconds = try retrying(migration) { try run.undo(version: version) }
        onEvent?(.rolledBack(migration, milliseconds: milliseconds))
    }

    /// Runs a file again as a whole after a lock timeout; the queue behind our lock request drains meanwhile.
    private func retrying(_ migration: Migration, _ body: () throws -> Int) throws -> Int {
        // Only while a file runs: of the migrator's own tables there is nothing to tell.
        db.noticeHandler = onEvent.map { tell in { tell(.notice($0)) } }
        defer { db.noticeHandler = nil }
        var attempt = 0
        while true {
            do {
                return try body()
            } catch var error as MigrationError where error.sqlState == "55P03" {
                let blockers = try store.longTransactions()
                guard attempt < lockRetries else {
                    error.notes += blockers.map { "possible blocker: \($0)" }
                    throw error
                }
                attempt += 1
                onEvent?(.retrying(migration, attempt: attempt, blockers: blockers))
                MigrationRun.pause(attempt: attempt)
            }
        }
    }
}
