import CLibPQ

extension Connection {
    /// Runs `body` inside a transaction that is rolled back when it ends, however it ends: for tests.
    ///
    ///     try db.withSandbox {
    ///         try db.execute("INSERT INTO posts (body) VALUES ('gone in a moment')")
    ///         try app.testClient().get("/")
    ///     }
    ///
    /// The connection works as it does without: `transaction { }` commits and rolls back, a statement that fails undoes
    /// itself and nothing else, deferred constraints are checked where they would be. Statements, batches, COPY and DDL
    /// are all undone at the end. Observers are not told of what it takes.
    ///
    /// What differs: `now()` is the time when `body` began, sequences are not set back, isolation levels are without
    /// effect, a notification never arrives, and no other connection sees anything: `replica` is this one. Refused are
    /// `listen`, `notifications`, BEGIN, COMMIT and ROLLBACK in SQL text, and what the server runs in no transaction
    /// (CREATE INDEX CONCURRENTLY, VACUUM).
    ///
    /// - Parameters:
    ///   - serialized: Waits until no other serialized sandbox of this database runs, at most a minute; otherwise two
    ///     that write the same unique keys wait for each other, and may deadlock.
    /// - Throws: what `body` throws, or a ``QueryError``: when a transaction or a sandbox is open already, when the
    ///   connection goes through a pooler, when others take more than their minute.
    @discardableResult
    public func withSandbox<Output>(
        serialized: Bool = true, file: String = #fileID, line: Int = #line, function: String = #function,
        _ body: () throws -> Output
    ) throws -> Output {
        let site = CallSite(file: file, line: line, function: function)
        try checkSandbox(site)
        do {
            try unobserved {
                if serialized { try takeTurn(site) }
                try command("BEGIN; SET CONSTRAINTS ALL IMMEDIATE; SAVEPOINT \(Sandbox.statement)", site)
            }
        } catch {
            // A turn that was taken is given back with the session.
            close()
            throw error
        }
        sandbox = Sandbox()
        defer { endSandbox(site, givingTurn: serialized) }
        return try body()
    }

    /// Inside ``withSandbox(serialized:file:line:function:_:)``.
    public var isSandboxed: Bool { sandbox != nil }

    private func checkSandbox(_ site: CallSite) throws(QueryError) {
        let reason: String
        if sandbox != nil {
            reason = "a sandbox is open on this connection already"
        } else if isInTransaction || awaited != nil {
            reason = "a transaction is open; a sandbox goes round it, not into it"
        } else if settings.pooler == .transaction {
            reason = "a sandbox needs a session of its own; connect directly, not through a pooler in transaction mode"
        } else {
            return
        }
        throw QueryError(code: .invalidParameter, message: reason, statement: "BEGIN", site: site)
    }

    /// Waits before the transaction begins, so that its time is that of the test.
    private func takeTurn(_ site: CallSite) throws {
        do {
            try command(
                "BEGIN; SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_lock(\(Sandbox.turn)); COMMIT", site)
        } catch var error as QueryError where error.sqlState == "55P03" {
            error.message = "another sandbox has held this database for a minute; is one open inside another?"
            throw error
        }
    }

    private func endSandbox(_ site: CallSite, givingTurn: Bool) {
        let isGone = sandbox?.isLost ?? true
        (sandbox, awaited, depth, isTransactionLost, appliedTimeout) = (nil, nil, 0, false, nil)
        guard !isGone else { return }
        let turn = givingTurn ? "; SELECT pg_advisory_unlock(\(Sandbox.turn))" : ""
        do {
            try unobserved { try command("ROLLBACK" + turn, site) }
        } catch {
            // The server rolls back, and gives the turn away, when the connection goes.
            close()
        }
    }

    /// Runs statements that are no business of the program's.
    private func unobserved(_ body: () throws -> Void) rethrows {
        let (before, after) = (willExecute, observer)
        (willExecute, observer) = (nil, nil)
        defer { (willExecute, observer) = (before, after) }
        try body()
    }
}

// MARK: What the rest of the connection asks for inside a sandbox

extension Connection {
    /// The connection for the next statement, with a savepoint before it unless a transaction of the program has one.
    func readyInSandbox(for sql: SQL, _ site: CallSite, now: UInt64) throws(QueryError) -> OpaquePointer {
        guard let sandbox, !sandbox.isLost, let handle else { throw lostSandbox(sql, site) }
        guard now - lastUse < 1_000_000 || isAlive(handle) else {
            close()
            throw lostSandbox(sql, site)
        }
        if !sandbox.isTransactionOpen { try protect(handle, sql, site) }
        return handle
    }

    /// Takes back what the statement before has spoilt, or keeps what it did, and lays a savepoint.
    private func protect(_ handle: OpaquePointer, _ sql: SQL, _ site: CallSite) throws(QueryError) {
        let command: String
        switch PQtransactionStatus(handle) {
        case PQTRANS_INTRANS: command = Sandbox.next
        case PQTRANS_INERROR:
            command = Sandbox.undo
            // Settings made since the savepoint are undone with it.
            appliedTimeout = nil
        default:
            close()
            throw lostSandbox(sql, site)
        }
        PQclear(try checked(PQexec(handle, command), sql, site, handle))
    }

    private func lostSandbox(_ sql: SQL, _ site: CallSite) -> QueryError {
        QueryError(
            code: .connectionLost,
            message: "the transaction round everything here has ended, because its connection was lost or closed",
            statement: sql.text, site: site)
    }

    func openInSandbox(_ begin: TransactionBegin, _ site: CallSite) throws {
        try script(unsafe: begin.text, sending: Sandbox.begin(begin) + localTimeout, site)
        sandbox?.isTransactionOpen = true
    }

    /// - Returns: the tag that COMMIT would have had.
    func commitInSandbox(_ site: CallSite) throws -> String {
        let hasFailed = handle.map { PQtransactionStatus($0) == PQTRANS_INERROR } ?? false
        try script(unsafe: "COMMIT", sending: hasFailed ? Sandbox.rollBack : Sandbox.commit, site)
        sandbox?.isTransactionOpen = false
        if hasFailed { appliedTimeout = nil }
        return hasFailed ? "ROLLBACK" : "COMMIT"
    }

    func rollBackInSandbox(_ site: CallSite) throws {
        try script(unsafe: "ROLLBACK", sending: Sandbox.rollBack, site)
        sandbox?.isTransactionOpen = false
        appliedTimeout = nil
    }
}
