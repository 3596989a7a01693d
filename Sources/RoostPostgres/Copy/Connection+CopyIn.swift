import CLibPQ

extension Connection {
    /// Loads rows into a table, many times faster than INSERT.
    ///
    ///     try db.copy(into: "users (id, name)", rows: users.map { ($0.id, $0.name) })
    ///
    /// - Parameters:
    ///   - target: the table, with its columns in parentheses unless all are meant. Dynamic names as
    ///     `\(identifier: name)`; values cannot stand here.
    ///   - rows: tuples in the order of the columns.
    /// - Returns: how many rows were stored.
    /// - Throws: ``QueryError``; then no row is stored, and the connection is usable.
    @discardableResult
    public func copy<each Value: SQLBindable, Source: Sequence>(
        into target: SQL, rows: Source, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> Int where Source.Element == (repeat each Value) {
        try copy(into: target, file: file, line: line, function: function) { copy in
            for row in rows { try copy.row(repeat each row) }
        }
    }

    /// Loads the rows that `body` writes, as long as it writes.
    ///
    /// - Throws: what `body` throws, or a ``QueryError``; then no row is stored, and the connection is usable.
    @discardableResult
    public func copy(
        into target: SQL, file: String = #fileID, line: Int = #line, function: String = #function,
        _ body: (CopyWriter) throws -> Void
    ) throws -> Int {
        try copyIn("COPY \(target) FROM STDIN", CallSite(file: file, line: line, function: function), body)
    }

    /// Loads chunks of bytes that are in one of COPY's formats already: a file, another server's output.
    ///
    /// - Parameter format: what the bytes are.
    @discardableResult
    public func copy<Chunk: Sequence<UInt8>>(
        into target: SQL, bytes chunks: some Sequence<Chunk>, format: CopyFormat, file: String = #fileID,
        line: Int = #line, function: String = #function
    ) throws -> Int {
        let sql: SQL = "COPY \(target) FROM STDIN WITH (\(format.options))"
        return try copyIn(sql, CallSite(file: file, line: line, function: function)) { copy in
            for chunk in chunks { try copy.write(chunk) }
        }
    }

    private func copyIn(_ sql: SQL, _ site: CallSite, _ body: (CopyWriter) throws -> Void) throws -> Int {
        try copying(sql, site, expecting: PGRES_COPY_IN) { handle in
            let writer = CopyWriter(self, handle, sql, site)
            defer { writer.isOver = true }
            do {
                try body(writer)
                try writer.flush()
            } catch {
                try finishCopy(handle, sql, site, abandoning: error)
                throw error
            }
            return try finishCopy(handle, sql, site, abandoning: nil)
        }
    }

    /// Ends the data, reads the outcome.
    ///
    /// - Throws: the server's error, unless it is only the answer to our own abandoning.
    @discardableResult
    private func finishCopy(
        _ handle: OpaquePointer, _ sql: SQL, _ site: CallSite, abandoning error: (any Error)?
    ) throws(QueryError) -> Int {
        // After an error of the server this fails; the result below tells why.
        PQputCopyEnd(handle, error == nil ? nil : "the sender has given up")
        var outcome: Result<Int, QueryError> = .success(0)
        while let raw = PQgetResult(handle) {
            do throws(QueryError) {
                let result = try checked(raw, sql, site, handle)
                outcome = .success(PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0)
                PQclear(result)
            } catch {
                outcome = .failure(error)
                if self.handle == nil { break }
            }
        }
        if case .failure(let failure) = outcome, error != nil, failure.sqlState == "57014" { return 0 }
        return try outcome.get()
    }
}

/// COPY's formats; see the manual's page on COPY.
public enum CopyFormat: Sendable, Hashable {
    /// Tab-separated, `\N` for NULL.
    case text
    /// Comma-separated with quotes; `header` for a first line with the columns' names.
    case csv(header: Bool)
    /// PostgreSQL's binary format.
    case binary

    var options: SQL {
        switch self {
        case .text: "FORMAT text"
        case .csv(let header): header ? "FORMAT csv, HEADER true" : "FORMAT csv"
        case .binary: "FORMAT binary"
        }
    }
}
