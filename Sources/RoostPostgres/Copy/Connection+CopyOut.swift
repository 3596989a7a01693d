import CLibPQ

extension Connection {
    /// Reads a query's rows one by one as they arrive, whatever their number: nothing but the current row is in memory.
    ///
    ///     try db.copy(from: "SELECT id, body FROM posts", as: Int.self, String.self) { posts in
    ///         for (id, body) in posts { try index(id, body) }
    ///     }
    ///
    /// A closure that returns or throws early leaves the rest unread; the connection is usable afterwards.
    ///
    /// - Parameters:
    ///   - query: SELECT, VALUES, TABLE or a statement with RETURNING; without values, because COPY takes none.
    ///   - types: one for each column, of the types whose binary format is known: all but enums and types of
    ///     extensions, which become text with `::text`.
    /// - Throws: ``QueryError``, also for an error that ended the sequence early; what `body` throws.
    @discardableResult
    public func copy<Output, each Column: ColumnDecodable>(
        from query: SQL, as types: repeat (each Column).Type, file: String = #fileID, line: Int = #line,
        function: String = #function, _ body: (CopyRows<repeat each Column>) throws -> Output
    ) throws -> Output {
        let site = CallSite(file: file, line: line, function: function)
        let layout = try layout(of: query, site)
        if let column = layout.types.firstIndex(where: { !TypeID.isBinaryKnown($0) }) {
            let error = QueryError.decoding(
                .type, column: column, of: layout, expected: "COPY", needs: "a built-in type; write ::text behind it",
                statement: query.text, site: site)
            throw named(error)
        }
        let sql: SQL = "COPY (\(query)) TO STDOUT WITH (FORMAT binary)"
        return try copyOut(sql, site) { source in
            try body(CopyRows(source: source, fields: CopyFields(layout, sql, site)))
        }
    }

    /// Reads a query's or table's contents as bytes in one of COPY's formats: for files and other servers.
    @discardableResult
    public func copy<Output>(
        from query: SQL, format: CopyFormat, file: String = #fileID, line: Int = #line, function: String = #function,
        _ body: (CopyChunks) throws -> Output
    ) throws -> Output {
        let sql: SQL = "COPY (\(query)) TO STDOUT WITH (\(format.options))"
        return try copyOut(sql, CallSite(file: file, line: line, function: function)) { source in
            try body(CopyChunks(source: source))
        }
    }

    private func copyOut<Output>(
        _ sql: SQL, _ site: CallSite, _ body: (CopySource) throws -> Output
    ) throws -> Output {
        try copying(sql, site, expecting: PGRES_COPY_OUT) { handle in
            let source = CopySource(handle)
            defer { source.end() }
            let output: Output
            do {
                output = try body(source)
            } catch {
                abandon(source, handle)
                throw error
            }
            try finish(source, sql, site, handle)
            return output
        }
    }

    private func finish(
        _ source: CopySource, _ sql: SQL, _ site: CallSite, _ handle: OpaquePointer
    ) throws(QueryError) {
        if let failure = source.failure {
            abandon(source, handle)
            throw named(failure)
        }
        if source.next() != nil {
            abandon(source, handle)
            return
        }
        var failure: QueryError?
        while self.handle != nil, let raw = PQgetResult(handle) {
            do throws(QueryError) {
                PQclear(try checked(raw, sql, site, handle))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Stops a COPY whose rows nobody wants: the server is asked to cancel, what is on its way is thrown away.
    private func abandon(_ source: CopySource, _ handle: OpaquePointer) {
        // Inside a transaction a cancelled statement would spoil what was done before: there the rest is read.
        if PQtransactionStatus(handle) == PQTRANS_ACTIVE, depth == 0, !wasLeftOpen { cancel() }
        while source.next() != nil {}
        while let raw = PQgetResult(handle) { PQclear(raw) }
        if PQstatus(handle) != CONNECTION_OK { close() }
    }

    /// The columns that a query would have.
    private func layout(of query: SQL, _ site: CallSite) throws -> ColumnLayout {
        try checkCopy(query, site)
        // Behind a pooler the next message may meet another session, so that nothing is prepared there.
        if settings.pooler == .transaction {
            return try self.query("SELECT * FROM (\(query)) AS copied LIMIT 0", site) { $0.layout }
        }
        if awaited != nil { try beginAwaited() }
        let handle = try ready(for: query, site, now: Clock.nanoseconds)
        PQclear(try checked(PQprepare(handle, "", query.text, 0, nil), query, site, handle))
        let description = try checked(PQdescribePrepared(handle, ""), query, site, handle)
        defer { PQclear(description) }
        return ColumnLayout(description)
    }
}
