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
        try script(unsafe: text, sending: other, site) { (tag: $0.tag, affectedRows: $0.affectedRows) }
    }

    /// - Parameter read: makes a value of the last statement's result, which lives no longer than the call.
    func script<Value>(
        unsafe text: String, sending other: String? = nil, _ site: CallSite, read: (ScriptResult) -> Value
    ) throws -> Value {
        let sql = SQL.unsafe(text)
        if awaited != nil { try beginAwaited() }
        if other == nil { try checkText(sql, site) }
        let start = Clock.nanoseconds
        var timing = Timing()
        willExecute?(text)
        do {
            let (value, rows) = try send(other ?? text, for: sql, site, &timing, read)
            observer?(event(sql, site, start, timing, rows: rows))
            return value
        } catch {
            observer?(event(sql, site, start, timing, error: error))
            throw error
        }
    }

    private func send<Value>(
        _ text: String, for sql: SQL, _ site: CallSite, _ timing: inout Timing, _ read: (ScriptResult) -> Value
    ) throws(QueryError) -> (Value, rows: Int) {
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
        let outcome = ScriptResult(pointer: result)
        return (read(outcome), outcome.affectedRows)
    }
}

/// The result of a script's last statement, as text; gone when the call that lent it has ended.
struct ScriptResult {
    let pointer: OpaquePointer

    /// `INSERT 0 1`, `CREATE TABLE`.
    var tag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }
    var affectedRows: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }
}
