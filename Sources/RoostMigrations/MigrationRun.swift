import Glibc
import RoostPostgres

/// Runs one half of one file.
struct MigrationRun {
    let migration: Migration
    let section: Migration.Section
    let db: Connection
    let store: MigrationStore
    let lockTimeout: String

    /// All statements and the row in one transaction.
    ///
    /// - Returns: milliseconds.
    func applyInTransaction() throws -> Int {
        let statements = try split()
        let start = Timestamp.now
        let checksum = try store.checksums([migration.text]).first ?? ""
        try inTransaction(statements) {
            try store.record(migration, checksum: checksum, milliseconds: since(start), statements: statements.count)
        }
        return since(start)
    }

    /// Statement by statement, each recorded when it is done.
    func applyPlainly(_ report: (MigrationEvent) -> Void) throws -> Int {
        let statements = try split()
        let start = Timestamp.now
        let first = try finishedStatements(statements)
        if first > 0 { report(.resuming(migration, done: first, of: statements.count)) }
        do {
            for index in first..<statements.count {
                try run(statements[index], lockTimeoutScope: "SESSION")
                let checksum = try checksum(of: statements.prefix(index + 1))
                try store.recordProgress(migration, checksum: checksum, statements: index + 1)
            }
        } catch {
            let invalid = try store.invalidIndexes()
            if !invalid.isEmpty { report(.invalidIndexes(invalid)) }
            throw error
        }
        let checksum = try store.checksums([migration.text]).first ?? ""
        try store.record(migration, checksum: checksum, milliseconds: since(start), statements: statements.count)
        return since(start)
    }

    /// Runs the down half and removes the row.
    func undo(version: String) throws -> Int {
        let statements = try split()
        let start = Timestamp.now
        if section.withoutTransaction {
            for statement in statements { try run(statement, lockTimeoutScope: "SESSION") }
            try store.remove(version)
        } else {
            try inTransaction(statements) { try store.remove(version) }
        }
        return since(start)
    }

    /// Sleeps 0.5 s, 1 s, 2 s … with jitter.
    static func pause(attempt: Int) {
        let base = 500_000 << UInt32(min(attempt - 1, 5))
        usleep(UInt32.random(in: UInt32(base / 2)...UInt32(base)))
    }

    private func inTransaction(_ statements: [SplitStatement], _ finish: () throws -> Void) throws {
        try db.transaction {
            for statement in statements {
                try refuseTransactionControl(statement)
                try run(statement, lockTimeoutScope: "LOCAL")
            }
            try finish()
        }
    }

    private func run(_ statement: SplitStatement, lockTimeoutScope: String) throws {
        // Set again before each statement: the file itself, or a pooler, may have changed it.
        // CONCURRENTLY waits for old transactions without stopping anyone; a timeout would only leave an invalid index.
        let isConcurrent = statement.text.lowercased().contains("concurrently")
        let timeout = isConcurrent ? "0" : migration.lockTimeout ?? lockTimeout
        try db.script(unsafe: "SET \(lockTimeoutScope) lock_timeout = '\(timeout)'")
        do {
            try db.script(unsafe: statement.text)
        } catch let error as QueryError {
            throw located(error, statement)
        }
    }

    /// A COMMIT inside the file would end our transaction and part the SQL from its row.
    private func refuseTransactionControl(_ statement: SplitStatement) throws(MigrationError) {
        let words = statement.text.prefix(40).lowercased().split { !$0.isLetter }
        let isControl =
            switch words.first {
            case "begin", "start", "commit", "end", "abort": true
            case "rollback": !words.contains("to")
            default: false
            }
        guard isControl else { return }
        throw MigrationError(
            .file, "the file runs in a transaction already; remove this, or use \"-- migrate:no-transaction\"",
            path: migration.path, line: section.firstLine + statement.line - 1, column: statement.column)
    }

    private func split() throws(MigrationError) -> [SplitStatement] {
        do throws(MigrationError) {
            return try StatementSplitter.split(section.text)
        } catch {
            var error = error
            error.path = migration.path
            error.line = error.line.map { $0 + section.firstLine - 1 }
            throw error
        }
    }

    /// How many statements an earlier run has finished.
    private func finishedStatements(_ statements: [SplitStatement]) throws -> Int {
        guard let row = try store.applied().first(where: { $0.number == migration.number }), row.appliedAt == nil,
            let done = row.statementsDone, done > 0
        else { return 0 }
        guard done <= statements.count, try checksum(of: statements.prefix(done)) == row.checksum else {
            throw MigrationError(
                .changed, "the first \(done) statements ran already and were changed since", path: migration.path)
        }
        return done
    }

    private func checksum(of statements: ArraySlice<SplitStatement>) throws -> String {
        try store.checksums([statements.map(\.text).joined(separator: ";\n")]).first ?? ""
    }

    /// The server's position is in the statement; the reader wants the place in the file.
    private func located(_ error: QueryError, _ statement: SplitStatement) -> MigrationError {
        let inStatement = error.statementLocation ?? (1, 1)
        let line = section.firstLine + statement.line - 1 + inStatement.line - 1
        let column = inStatement.line == 1 ? statement.column + inStatement.column - 1 : inStatement.column
        var located = MigrationError(.statement, error.message, path: migration.path, line: line, column: column)
        located.sqlState = error.sqlState
        located.notes = [error.detail, error.hint].compactMap(\.self)
        let lines = section.text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = line - section.firstLine
        if lines.indices.contains(index) { located.sourceLine = String(lines[index]) }
        return located
    }

    private func since(_ start: Timestamp) -> Int {
        Int(max(Timestamp.now.microseconds - start.microseconds, 0) / 1000)
    }
}
