internal import RoostMigrations

extension MigrationEvent {
    /// The event as a line for the terminal.
    var words: String {
        switch self {
        case .waitingForLock(let holder): "waiting: another migration runs (\(holder))"
        case .applying(let migration): "applying \(migration.path)"
        case .applied(let migration, let milliseconds): "applied \(migration.path) in \(milliseconds) ms"
        case .rollingBack(let migration): "undoing \(migration.path)"
        case .rolledBack(let migration, let milliseconds): "undid \(migration.path) in \(milliseconds) ms"
        case .resuming(let migration, let done, let count): "going on with \(migration.path) after statement \(done) of \(count)"
        case .retrying(let migration, let attempt, let blockers):
            "a lock was not free: trying \(migration.path) again (\(attempt)); blocked by \(blockers.joined(separator: "; "))"
        case .invalidIndexes(let names): "left behind by a broken CREATE INDEX CONCURRENTLY, drop first: \(names.joined(separator: ", "))"
        case .missingFiles(let versions): "applied, but without a file: \(versions.joined(separator: ", "))"
        case .notice(let text): text
        }
    }
}

extension MigrationStatus {
    /// One line: what `upgrade` would have to do, or what is wrong.
    var summary: String {
        let odd = entries.filter { $0.state == .changed || $0.state == .missing }.map(\.version)
        let pending = pendingCount == 0 ? "nothing pending" : "\(pendingCount) pending"
        return odd.isEmpty ? pending : "\(pending); changed or missing: \(odd.joined(separator: ", "))"
    }
}

extension MigrationStatus.State {
    var word: String {
        switch self {
        case .applied: "applied"
        case .pending: "pending"
        case .outOfOrder: "pending, out of order"
        case .changed: "changed after applying"
        case .missing: "applied, file missing"
        case .unfinished(let done): "unfinished after \(done)"
        }
    }
}
