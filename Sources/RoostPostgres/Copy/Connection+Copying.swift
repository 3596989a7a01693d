import CLibPQ

extension Connection {
    /// Starts a COPY, runs `body`, and accounts for it as one statement. Never repeated: rows may have been consumed.
    func copying<Output>(
        _ sql: SQL, _ site: CallSite, expecting status: ExecStatusType, _ body: (OpaquePointer) throws -> Output
    ) throws -> Output {
        try checkCopy(sql, site)
        if awaited != nil { try beginAwaited() }
        let start = Clock.nanoseconds
        var timing = Timing()
        willExecute?(sql.text)
        do {
            let output = try runCopy(sql, site, status, &timing, body)
            observer?(event(sql, site, start, timing, rows: output as? Int ?? 0))
            return output
        } catch {
            observer?(event(sql, site, start, timing, error: error as? QueryError))
            throw error
        }
    }

    func checkCopy(_ sql: SQL, _ site: CallSite) throws(QueryError) {
        guard sql.bindings.isEmpty else {
            throw QueryError(
                code: .invalidParameter,
                message: "COPY takes no parameters; put the values into a temporary table, or read with rows(_:as:)",
                statement: sql.text, site: site)
        }
        try checkText(sql, site)
    }

    private func runCopy<Output>(
        _ sql: SQL, _ site: CallSite, _ status: ExecStatusType, _ timing: inout Timing,
        _ body: (OpaquePointer) throws -> Output
    ) throws -> Output {
        let before = Clock.nanoseconds
        let handle = try ready(for: sql, site, now: before)
        if timeBudget != nil || appliedTimeout != nil { try applyTimeBudget(sql, site, handle, now: before) }
        let sent = Clock.nanoseconds
        timing.wait = sent - before
        defer {
            noteEnd()
            timing.server = lastUse - sent
        }
        let raw = PQexec(handle, sql.text)
        guard PQresultStatus(raw) == status else {
            PQclear(try checked(raw, sql, site, handle))
            throw QueryError(
                code: .invalidParameter, message: "the statement is not a COPY in this direction", statement: sql.text,
                site: site)
        }
        PQclear(raw)
        isCopying = true
        defer { isCopying = false }
        return try body(handle)
    }
}
