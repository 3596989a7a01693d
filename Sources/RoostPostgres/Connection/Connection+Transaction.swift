import CLibPQ

/// How much a transaction sees of others.
public enum IsolationLevel: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

/// How a transaction begins.
struct TransactionBegin {
    let isolation: IsolationLevel?
    let readOnly: Bool

    var text: String {
        "BEGIN" + (isolation.map { " ISOLATION LEVEL \($0.rawValue)" } ?? "") + (readOnly ? " READ ONLY" : "")
    }
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
        let begin = TransactionBegin(isolation: isolation, readOnly: readOnly)
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
        guard let handle, !isIdle(handle) else { return wasOpen }
        try sendRollback(CallSite(file: file, line: line, function: function))
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
        _ begin: TransactionBegin, _ site: CallSite, _ body: () throws -> Output
    ) throws -> Output {
        if isInTransaction {
            throw QueryError(
                code: .invalidParameter, message: "a transaction opened with BEGIN is still open",
                statement: begin.text, site: site)
        }
        try open(begin, site)
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
            rollBackTransaction(site)
            throw error
        }
    }

    func open(_ begin: TransactionBegin, _ site: CallSite) throws {
        guard sandbox == nil else { return try openInSandbox(begin, site) }
        try command(begin.text + localTimeout, site)
    }

    func commit(_ site: CallSite) throws {
        let tag = try sandbox == nil ? command("COMMIT", site) : commitInSandbox(site)
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
            rollBack { try command("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)", site) }
            throw error
        }
    }

    /// Undoes a transaction after an error that the caller is about to see.
    func rollBackTransaction(_ site: CallSite) {
        rollBack { try sendRollback(site) }
    }

    /// A rollback that fails leaves a session in an unknown state, so the session goes, and the server rolls back by
    /// itself.
    private func rollBack(_ send: () throws -> Void) {
        guard let handle, !isIdle(handle) else { return }
        do {
            try send()
        } catch {
            close()
        }
    }

    private func sendRollback(_ site: CallSite) throws {
        if sandbox == nil { try command("ROLLBACK", site) } else { try rollBackInSandbox(site) }
    }

    /// No transaction of the program is open on the server; a sandbox round it does not count.
    func isIdle(_ handle: OpaquePointer) -> Bool {
        sandbox.map { !$0.isTransactionOpen } ?? (PQtransactionStatus(handle) == PQTRANS_IDLE)
    }

    /// Runs one of our own commands and returns its tag.
    @discardableResult
    func command(_ text: String, _ site: CallSite) throws -> String {
        try script(unsafe: text, site).tag
    }
}
