import CLibPQ

/// How much a transaction sees of others.
public enum IsolationLevel: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// A transaction inside another is a savepoint: if it throws, only its own changes are undone, and its isolation
    /// level, read-only mode and retries are those of the outer one.
    ///
    /// - Parameters:
    ///   - isolation: The server's default when nil.
    ///   - readOnly: The server refuses writes.
    ///   - retries: How often `body` is run again after a serialization failure or a deadlock.
    /// - Throws: what `body` throws, or a ``QueryError``.
    @discardableResult
    public func transaction<Output>(
        isolation: IsolationLevel? = nil, readOnly: Bool = false, retries: Int = 0,
        file: String = #fileID, line: Int = #line, function: String = #function, _ body: () throws -> Output
    ) throws -> Output {
        let site = CallSite(file: file, line: line, function: function)
        if awaited != nil { try beginAwaited() }
        if depth > 0 { return try savepoint(site, body) }
        let begin = Self.begin(isolation, readOnly: readOnly)
        var attempt = 0
        while true {
            do {
                return try outermost(begin, site, body)
            } catch let error as QueryError where error.isRetryable && attempt < retries {
                attempt += 1
                Clock.sleep(nanoseconds: UInt64.random(in: 1_000_000...(10_000_000 << UInt64(min(attempt, 6)))))
            }
        }
    }

    /// Rolls back whatever is still open, as after a request whose view forgot to end its transaction.
    ///
    /// - Returns: true when there was something to roll back.
    @discardableResult
    public func rollBackLeftovers(file: String = #fileID, line: Int = #line, function: String = #function) throws
        -> Bool
    {
        let wasOpen = isInTransaction
        awaited = nil
        depth = 0
        isTransactionLost = false
        guard let handle, PQtransactionStatus(handle) != PQTRANS_IDLE else { return wasOpen }
        try command("ROLLBACK", CallSite(file: file, line: line, function: function))
        return true
    }

    /// Leaves a transaction that nobody will end, closing the connection when it cannot be rolled back.
    public func forgetLeftovers() {
        guard isInTransaction || awaited != nil else { return }
        do {
            try rollBackLeftovers()
        } catch {
            // The server rolls back when the connection goes.
            close()
        }
    }

    private func outermost<Output>(
        _ begin: String, _ site: CallSite, _ body: () throws -> Output
    ) throws -> Output {
        if isInTransaction {
            throw QueryError(
                code: .invalidParameter, message: "a transaction opened with BEGIN is still open",
                statement: begin, site: site)
        }
        try command(begin + localTimeout, site)
        depth = 1
        defer {
            depth = 0
            isTransactionLost = false
        }
        do {
            let output = try body()
            try commit(site)
            return output
        } catch {
            rollBack("ROLLBACK", site)
            throw error
        }
    }

    static func begin(_ isolation: IsolationLevel?, readOnly: Bool) -> String {
        "BEGIN" + (isolation.map { " ISOLATION LEVEL \($0.rawValue)" } ?? "") + (readOnly ? " READ ONLY" : "")
    }

    func commit(_ site: CallSite) throws {
        let tag = try command("COMMIT", site)
        // COMMIT of a failed transaction succeeds with the tag ROLLBACK: the caller must not believe in it.
        guard tag == "COMMIT" else {
            throw QueryError(
                code: .rolledBack, message: "the transaction was rolled back, because a statement in it had failed",
                statement: "COMMIT", site: site)
        }
    }

    private func savepoint<Output>(_ site: CallSite, _ body: () throws -> Output) throws -> Output {
        let name = "roost_\(depth)"
        try command("SAVEPOINT \(name)", site)
        depth += 1
        defer { depth -= 1 }
        do {
            let output = try body()
            try command("RELEASE SAVEPOINT \(name)", site)
            return output
        } catch {
            // Whatever was set since the savepoint is undone with it.
            appliedTimeout = nil
            rollBack("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)", site)
            throw error
        }
    }

    /// Undoes after an error that the caller is about to see. A rollback that fails leaves a session in an unknown
    /// state, so the session goes, and the server rolls back by itself.
    func rollBack(_ text: String, _ site: CallSite) {
        guard let handle, PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        do {
            try command(text, site)
        } catch {
            close()
        }
    }

    /// Runs one of our own commands and returns its tag.
    @discardableResult
    func command(_ text: String, _ site: CallSite) throws -> String {
        try script(unsafe: text, site).tag
    }
}
