/// How the folder and the database compare.
public struct MigrationStatus: Sendable {
    /// What is known about one version.
    public enum State: Sendable, Hashable {
        case applied
        case pending
        /// Pending, with a lower number than an applied one.
        case outOfOrder
        /// Applied, and the file has another content now.
        case changed
        /// Applied, and there is no file.
        case missing
        /// A file without a transaction that stopped half-way; `done` statements are finished.
        case unfinished(done: Int)
    }

    /// One version in the folder or the database.
    public struct Entry: Sendable {
        public let version: String
        public let name: String
        public let state: State
        /// ISO 8601, nil when not applied.
        public let appliedAt: String?
    }

    /// All versions, lowest first.
    public let entries: [Entry]

    /// Versions that `upgrade` would still have to run.
    public var pendingCount: Int {
        entries.count { entry in
            switch entry.state {
            case .pending, .outOfOrder, .unfinished: true
            case .applied, .changed, .missing: false
            }
        }
    }

    /// The highest applied version, nil when there is none.
    public var current: String? {
        entries.last { $0.appliedAt != nil }?.version
    }

    /// Everything is applied and unchanged.
    public var isClean: Bool { entries.allSatisfy { $0.state == .applied } }
}

/// What a migrator does, as it happens.
public enum MigrationEvent: Sendable {
    /// Another migrator holds the lock; told once for each holder.
    case waitingForLock(holder: String)
    case applying(Migration)
    case applied(Migration, milliseconds: Int)
    case rollingBack(Migration)
    case rolledBack(Migration, milliseconds: Int)
    /// Part of a file without a transaction is done already.
    case resuming(Migration, done: Int, of: Int)
    /// A lock was not free in time; the file is tried again as a whole.
    case retrying(Migration, attempt: Int, blockers: [String])
    /// Indexes that a broken CREATE INDEX CONCURRENTLY left behind; drop them before going on.
    case invalidIndexes([String])
    /// Applied versions that have no file.
    case missingFiles([String])
    /// What the server says while a file runs: `WARNING:  …`, with its hint.
    case notice(String)
}

/// A row of `schema_migrations`.
struct AppliedMigration {
    let version: String
    let checksum: String?
    let appliedAt: String?
    let statementsDone: Int?

    var number: VersionNumber { VersionNumber(version) }
}
