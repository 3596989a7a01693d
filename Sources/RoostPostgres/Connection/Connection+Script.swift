import CLibPQ

extension Connection {
    /// Runs text of any number of statements without parameters; all in one transaction unless it says otherwise.
    ///
    /// For migrations and fixtures. The caller answers for where the text came from. Never repeated.
    ///
    /// - Returns: the rows that the last statement affected.
    @discardableResult
    public func script(unsafe text: String, file: String = #fileID, line: Int = #line, function: String = #function)
        throws -> Int
    {
        try script(unsafe: text, CallSite(file: file, line: line, function: function)).affectedRows
    }

    /// - Parameter other: what is sent in the place of `text`, which the observer and errors name.
    @discardableResult
    func script(
        unsafe text: String, sending other: String? = nil, _ site: CallSite
    ) throws -> (tag: String, affectedRows: Int) {
        let sql = SQL.unsafe(text)
        if awaited != nil { try beginAwaited() }
        if other == nil { try checkText(sql, site) }
        let start = Clock.nanoseconds
        var timing = Timing()
        willExecute?(text)
        do {
            let outcome = try send(other ?? text, for: sql, site, &timing)
            observer?(event(sql, site, start, timing, rows: outcome.affectedRows))
            return outcome
        } catch {
            observer?(event(sql, site, start, timing, error: error))
            throw error
        }
    }

    private func send(
        _ text: String, for sql: SQL, _ site: CallSite, _ timing: inout Timing
    ) throws(QueryError) -> (tag: String, affectedRows: Int) {
        let before = Clock.nanoseconds
        let handle = try ready(for: sql, site, now: before)
        let sent = Clock.nanoseconds
        timing.wait = sent - before
        defer {
            noteEnd()
            timing.server = lastUse - sent
        }
        let result = try checked(PQexec(handle, text), sql, site, handle)
        defer { PQclear(result) }
        let tag = PQcmdStatus(result).map { String(cString: $0) } ?? ""
        let rows = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        return (tag, rows)
    }
}
