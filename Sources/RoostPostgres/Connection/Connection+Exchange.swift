import CLibPQ

/// Where the time of one statement went.
struct Timing {
    var wait: UInt64 = 0
    var server: UInt64 = 0
}

extension Connection {
    /// Runs a statement and decodes its result, and tells the observer.
    func query<Output>(
        _ sql: SQL, _ site: CallSite, decode: (QueryResult) throws -> Output
    ) throws -> Output {
        if awaited != nil { try beginAwaited() }
        let start = Clock.nanoseconds
        var timing = Timing()
        willExecute?(sql.text)
        do {
            let result = try perform(sql, site, &timing)
            let beforeDecoding = observer == nil ? 0 : Clock.nanoseconds
            let output: Output
            do {
                output = try decode(result)
            } catch let error as QueryError {
                throw named(error)
            }
            if let observer {
                let rows = result.count > 0 ? result.count : result.affectedRows
                observer(event(sql, site, start, timing, decoding: Clock.nanoseconds - beforeDecoding, rows: rows))
            }
            return output
        } catch {
            observer?(event(sql, site, start, timing, error: error as? QueryError))
            throw error
        }
    }

    func event(
        _ sql: SQL, _ site: CallSite, _ start: UInt64, _ timing: Timing, decoding: UInt64 = 0, rows: Int = 0,
        error: QueryError? = nil
    ) -> QueryEvent {
        QueryEvent(
            sql: sql, site: site, start: start, waitNanoseconds: timing.wait, serverNanoseconds: timing.server,
            decodingNanoseconds: decoding, rows: rows, error: error)
    }

    /// Runs a statement, repeating it once where that is safe.
    func perform(_ sql: SQL, _ site: CallSite, _ timing: inout Timing) throws(QueryError) -> QueryResult {
        var mayRepeat = true
        while true {
            let before = Clock.nanoseconds
            let known = self.handle
            let handle = try ready(for: sql, site, now: before)
            if timeBudget != nil || appliedTimeout != nil { try applyTimeBudget(sql, site, handle, now: before) }
            let isOutside = depth == 0 && isIdle(handle)
            // The usual case took no time worth a look at the clock.
            let sent = handle == known ? before : Clock.nanoseconds
            timing.wait += sent - before
            defer {
                noteEnd()
                timing.server += lastUse - sent
            }
            do throws(QueryError) {
                return try exchange(sql, site, handle)
            } catch {
                let failure = isOutside ? error : explainedInTransaction(error)
                guard mayRepeat, isOutside, canRepeat(error, sql) else { throw failure }
                mayRepeat = false
            }
        }
    }

    func noteEnd() {
        lastUse = Clock.nanoseconds
        wasLeftOpen = handle.map { !isIdle($0) } ?? false
        if isTimeoutUncertain, !wasLeftOpen {
            isTimeoutUncertain = false
            appliedTimeout = nil
        }
    }

    private func canRepeat(_ error: QueryError, _ sql: SQL) -> Bool {
        if error.isStalePlan { return true }
        return error.code == .connectionLost && (error.wasNotSent || StatementKind(sql.text).isRead)
    }

    func explainedInTransaction(_ error: QueryError) -> QueryError {
        var error = error
        if error.isStalePlan {
            error.hint = "a table changed under a prepared statement inside a transaction; run the transaction again"
        }
        if error.code == .connectionLost {
            error.message =
                "the connection was lost inside a transaction; unless this was its COMMIT, "
                + "the server has rolled it back. \(error.message)"
        }
        return error
    }

    private func exchange(
        _ sql: SQL, _ site: CallSite, _ handle: OpaquePointer
    ) throws(QueryError) -> QueryResult {
        if settings.pooler == .session {
            if let known = cache.find(sql.text) { return try execute(known, sql, site, handle) }
            if StatementKind(sql.text).isPlanned {
                return try execute(try prepare(sql, site, handle), sql, site, handle)
            }
        }
        try checkText(sql, site)
        try fill(sql, site, types: [])
        let count = Int32(truncatingIfNeeded: sql.bindings.count)
        let raw = parameters.withArrays { values, lengths, formats in
            PQexecParams(handle, sql.text, count, nil, values, lengths, formats, 0)
        }
        return QueryResult(try checked(raw, sql, site, handle), layout: nil, statement: sql.text, site: site)
    }

    private func execute(
        _ statement: PreparedStatement, _ sql: SQL, _ site: CallSite, _ handle: OpaquePointer
    ) throws(QueryError) -> QueryResult {
        try fill(sql, site, types: statement.parameterTypes)
        let count = Int32(truncatingIfNeeded: sql.bindings.count)
        let format: Int32 = statement.layout.isBinaryKnown ? 1 : 0
        let raw = parameters.withArrays { values, lengths, formats in
            PQexecPrepared(handle, statement.name, count, values, lengths, formats, format)
        }
        do throws(QueryError) {
            let result = try checked(raw, sql, site, handle)
            return QueryResult(result, layout: statement.layout, statement: sql.text, site: site)
        } catch {
            if error.isStalePlan { forget(sql.text) }
            throw error
        }
    }

    /// libpq takes the text up to the first zero byte, which would make another statement of it.
    func checkText(_ sql: SQL, _ site: CallSite) throws(QueryError) {
        let refusal = sandbox == nil ? sql.refusal : sql.refusal ?? Sandbox.refusal(of: sql.text)
        let reason = sql.text.utf8.contains(0) ? "a statement with a NUL character cannot be sent" : refusal
        guard let reason else { return }
        throw QueryError(code: .invalidParameter, message: reason, statement: sql.text, site: site)
    }

    func fill(_ sql: SQL, _ site: CallSite, types: [UInt32]) throws(QueryError) {
        do throws(CellError) {
            try parameters.fill(sql.bindings, types: types)
        } catch {
            var message = "a value cannot be sent"
            if case .value(let reason) = error { message = reason }
            throw QueryError(code: .invalidParameter, message: message, statement: sql.text, site: site)
        }
    }

    /// Parses a statement on the server and learns its types. Nothing has run if this fails.
    private func prepare(
        _ sql: SQL, _ site: CallSite, _ handle: OpaquePointer
    ) throws(QueryError) -> PreparedStatement {
        do throws(QueryError) {
            try checkText(sql, site)
            forgetDiscarded(handle)
            let name = nextStatementName()
            PQclear(try checked(PQprepare(handle, name, sql.text, 0, nil), sql, site, handle))
            let description = try checked(PQdescribePrepared(handle, name), sql, site, handle)
            defer { PQclear(description) }
            let types = (0..<PQnparams(description)).map { PQparamtype(description, $0) }
            let statement = PreparedStatement(name: name, parameterTypes: types, layout: ColumnLayout(description))
            guard types.count == sql.bindings.count else {
                discarded.append(name)
                throw countMismatch(sql, site, expected: types.count)
            }
            if let evicted = cache.store(statement, text: sql.text) { discarded.append(evicted.name) }
            return statement
        } catch {
            var error = error
            error.wasNotSent = true
            throw error
        }
    }

    func countMismatch(_ sql: SQL, _ site: CallSite, expected: Int) -> QueryError {
        QueryError(
            code: .invalidParameter,
            message: "the statement has \(expected) parameters and \(sql.bindings.count) values; "
                + "is an interpolation inside quotes?", statement: sql.text, site: site)
    }

    /// Frees statements on the server. Inside a failed transaction that would be refused, so they wait.
    func forgetDiscarded(_ handle: OpaquePointer) {
        guard !discarded.isEmpty, PQtransactionStatus(handle) != PQTRANS_INERROR else { return }
        for name in discarded { PQclear(PQexec(handle, "DEALLOCATE \(name)")) }
        discarded.removeAll()
    }

    /// The result when it is a success, else its error; a connection that broke is closed.
    func checked(
        _ raw: OpaquePointer?, _ sql: SQL, _ site: CallSite, _ handle: OpaquePointer
    ) throws(QueryError) -> OpaquePointer {
        if let raw {
            switch PQresultStatus(raw) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_SINGLE_TUPLE: return raw
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                PQclear(raw)
                throw endCopy(sql, site, handle)
            default: break
            }
        }
        defer { PQclear(raw) }
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = PQerrorMessage(handle).map { String(cString: $0).trimmed } ?? ""
            close()
            throw QueryError(
                code: .connectionLost,
                message: "the connection was lost after the statement was sent; "
                    + "it may or may not have taken effect: \(reason)", statement: sql.text, site: site)
        }
        guard let raw else {
            let reason = PQerrorMessage(handle).map { String(cString: $0).trimmed } ?? "out of memory"
            throw QueryError(code: .server, message: reason, statement: sql.text, site: site)
        }
        throw explained(QueryError(raw, sql: sql, site: site))
    }

    /// Says so when it was the request's time that ran out, or the transaction of a test that was in the way.
    func explained(_ error: QueryError) -> QueryError {
        if sandbox != nil, error.sqlState == Sandbox.insideTransaction { return Sandbox.explained(error) }
        guard error.isCancelled, let timeBudget, Clock.nanoseconds + 5_000_000 >= timeBudget.end else { return error }
        var error = error
        error.hint = "the request's time was used up; statement_timeout is what was left of it"
        return error
    }

    /// Leaves COPY mode, which only the COPY calls may enter; the session is usable afterwards.
    private func endCopy(_ sql: SQL, _ site: CallSite, _ handle: OpaquePointer) -> QueryError {
        PQputCopyEnd(handle, "COPY needs its data in the same call")
        var row: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle, &row, 0) > 0 { PQfreemem(row) }
        while let rest = PQgetResult(handle) { PQclear(rest) }
        return QueryError(
            code: .invalidParameter,
            message: "COPY from or to the client is not a statement with rows; use copy(into:) or copy(from:)",
            statement: sql.text, site: site)
    }

    /// Adds the table's name to a decoding error, when the server can be asked for it.
    func named(_ error: QueryError) -> QueryError {
        guard error.code == .decoding, error.tableID != 0, error.table == nil, let handle,
            PQtransactionStatus(handle) == PQTRANS_IDLE || PQtransactionStatus(handle) == PQTRANS_INTRANS
        else { return error }
        let result = PQexec(handle, "SELECT relname FROM pg_catalog.pg_class WHERE oid = \(error.tableID)")
        defer { PQclear(result) }
        guard PQntuples(result) == 1, let name = PQgetvalue(result, 0, 0) else { return error }
        var error = error
        error.table = String(cString: name)
        return error
    }
}
