import CLibPQ
import Glibc

/// One journey of several statements through libpq's pipeline mode.
///
/// Everything is queued without blocking and flushed while answers are read, because two sides that only write would
/// wait for each other for ever once both buffers are full.
struct Pipeline {
    /// How a statement was sent, which says what answers to expect.
    private enum Sending {
        /// Parse and describe came first: the server has not seen this text before.
        case preparing(name: String)
        case prepared(PreparedStatement)
        case plain
    }

    private let connection: Connection
    private let handle: OpaquePointer
    private var lapse: UInt64
    private let waited: UInt64
    /// Names by text: the same new text twice in one batch is prepared once.
    private var namesBeingPrepared: [StatementKey: String] = [:]
    private var sent: [(item: Batch.Item, how: Sending)] = []

    init(connection: Connection, handle: OpaquePointer, waitedSince: UInt64) {
        (self.connection, self.handle) = (connection, handle)
        lapse = Clock.nanoseconds
        waited = lapse - waitedSince
    }

    /// Sends all, reads all, and leaves the connection as it was.
    mutating func run(_ items: [Batch.Item]) throws(QueryError) -> [QueryResult] {
        for item in items { try check(item) }
        guard PQenterPipelineMode(handle) == 1, PQsetnonblocking(handle, 1) == 0 else {
            let error = broken(items[0], "pipeline mode was refused")
            connection.close()
            throw error
        }
        let results: Result<[QueryResult], QueryError>
        do throws(QueryError) {
            for item in items { try send(item) }
            try flush(items[0])
            results = .success(try readAll())
        } catch {
            results = .failure(error)
        }
        try leave(results)
        return try results.get()
    }

    private func check(_ item: Batch.Item) throws(QueryError) {
        try connection.checkText(item.sql, item.site)
        // A value that cannot be sent is found while nothing is under way.
        try connection.fill(item.sql, item.site, types: connection.cache.find(item.sql.text)?.parameterTypes ?? [])
        guard StatementKind(item.sql.text).isCopy else { return }
        throw QueryError(
            code: .invalidParameter, message: "COPY cannot be part of a batch", statement: item.sql.text,
            site: item.site)
    }

    // MARK: Sending

    private mutating func send(_ item: Batch.Item) throws(QueryError) {
        let text = item.sql.text
        if connection.settings.pooler == .session {
            if let known = connection.cache.find(text) { return try execute(known, item) }
            if StatementKind(text).isPlanned { return try prepare(item) }
        }
        try connection.fill(item.sql, item.site, types: [])
        let ok = connection.parameters.withArrays { values, lengths, formats in
            PQsendQueryParams(handle, text, count(item), nil, values, lengths, formats, 0)
        }
        try queued(ok, item, .plain)
    }

    private mutating func execute(_ statement: PreparedStatement, _ item: Batch.Item) throws(QueryError) {
        try connection.fill(item.sql, item.site, types: statement.parameterTypes)
        let format: Int32 = statement.layout.isBinaryKnown ? 1 : 0
        let ok = connection.parameters.withArrays { values, lengths, formats in
            PQsendQueryPrepared(handle, statement.name, count(item), values, lengths, formats, format)
        }
        try queued(ok, item, .prepared(statement))
    }

    /// Parses, describes and runs at once. Types are not known yet, so that everything is text this time.
    private mutating func prepare(_ item: Batch.Item) throws(QueryError) {
        try connection.fill(item.sql, item.site, types: [])
        let earlier = namesBeingPrepared[StatementKey(item.sql.text)]
        let name = earlier ?? connection.nextStatementName()
        var ok: Int32 = 1
        if earlier == nil {
            namesBeingPrepared[StatementKey(item.sql.text)] = name
            ok = PQsendPrepare(handle, name, item.sql.text, 0, nil) & PQsendDescribePrepared(handle, name)
        }
        if ok == 1 {
            ok = connection.parameters.withArrays { values, lengths, formats in
                PQsendQueryPrepared(handle, name, count(item), values, lengths, formats, 0)
            }
        }
        try queued(ok, item, earlier == nil ? .preparing(name: name) : .plain)
    }

    private func count(_ item: Batch.Item) -> Int32 { Int32(truncatingIfNeeded: item.sql.bindings.count) }

    private mutating func queued(_ ok: Int32, _ item: Batch.Item, _ how: Sending) throws(QueryError) {
        guard ok == 1 else { throw broken(item, "the statement could not be sent") }
        sent.append((item, how))
    }

    /// Writes what is queued; reads meanwhile, so that the server can go on writing too.
    private func flush(_ item: Batch.Item) throws(QueryError) {
        guard PQpipelineSync(handle) == 1 else { throw broken(item, "the batch could not be ended") }
        while true {
            let rest = PQflush(handle)
            if rest == 0 { return }
            guard rest > 0 else { throw broken(item, "the batch could not be sent") }
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN | POLLOUT), revents: 0)
            poll(&descriptor, 1, -1)
            if descriptor.revents & Int16(POLLIN) != 0, PQconsumeInput(handle) != 1 {
                throw broken(item, "the connection was lost")
            }
        }
    }

    // MARK: Reading

    private mutating func readAll() throws(QueryError) -> [QueryResult] {
        var results: [QueryResult] = []
        results.reserveCapacity(sent.count)
        for (index, entry) in sent.enumerated() {
            connection.willExecute?(entry.item.sql.text)
            do throws(QueryError) {
                let result = try read(entry.item, entry.how)
                results.append(result)
                report(entry.item, index, rows: result.count > 0 ? result.count : result.affectedRows, error: nil)
            } catch {
                report(entry.item, index, rows: 0, error: error)
                throw error
            }
        }
        return results
    }

    private func read(_ item: Batch.Item, _ how: Sending) throws(QueryError) -> QueryResult {
        var layout: ColumnLayout?
        switch how {
        case .plain: break
        case .prepared(let statement): layout = statement.layout
        case .preparing(let name):
            PQclear(try next(item))
            let description = try next(item)
            defer { PQclear(description) }
            layout = ColumnLayout(description)
            connection.remember(name, item.sql.text, description)
        }
        do throws(QueryError) {
            return QueryResult(
                try next(item), layout: layout, statement: item.sql.text, site: item.site)
        } catch {
            if error.isStalePlan { connection.forget(item.sql.text) }
            throw error
        }
    }

    /// The next command's result; libpq puts an empty one behind each.
    private func next(_ item: Batch.Item) throws(QueryError) -> OpaquePointer {
        guard let raw = PQgetResult(handle) else { throw broken(item, "an answer is missing") }
        switch PQresultStatus(raw) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            while let more = PQgetResult(handle) { PQclear(more) }
            return raw
        default: break
        }
        defer { PQclear(raw) }
        let error = QueryError(raw, sql: item.sql, site: item.site)
        // Class 57P: the server ends the session with this message.
        guard PQstatus(handle) == CONNECTION_OK, error.sqlState?.hasPrefix("57P") != true else {
            throw broken(item, "the connection was lost")
        }
        guard PQresultStatus(raw) == PGRES_FATAL_ERROR else { throw broken(item, "the answer was not expected") }
        throw connection.explained(error)
    }

    private mutating func report(_ item: Batch.Item, _ index: Int, rows: Int, error: QueryError?) {
        let now = Clock.nanoseconds
        defer { lapse = now }
        let timing = Timing(wait: index == 0 ? waited : 0, server: now - lapse)
        connection.observer?(connection.event(item.sql, item.site, lapse, timing, rows: rows, error: error))
    }

    // MARK: Leaving

    /// Reads to the end of the pipeline, whatever happened, and goes back to ordinary mode. A connection that does not
    /// come back is closed.
    private func leave(_ results: Result<[QueryResult], QueryError>) throws(QueryError) {
        guard PQstatus(handle) == CONNECTION_OK, connection.handle == handle else {
            connection.close()
            return
        }
        if case .failure(let error) = results, error.code != .server {
            // Some statements may not have been sent, and the end of the pipeline with them.
            connection.close()
            return
        }
        var empty = 0
        while empty < 4 * sent.count + 8 {
            guard let raw = PQgetResult(handle) else {
                empty += 1
                continue
            }
            let isEnd = PQresultStatus(raw) == PGRES_PIPELINE_SYNC
            PQclear(raw)
            if isEnd { break }
        }
        PQsetnonblocking(handle, 0)
        if PQexitPipelineMode(handle) != 1 { connection.close() }
    }

    private func broken(_ item: Batch.Item, _ what: String) -> QueryError {
        let reason = PQerrorMessage(handle).map { String(cString: $0).onOneLine } ?? ""
        return QueryError(
            code: .connectionLost,
            message: "\(what); the statements of the batch may or may not have taken effect: \(reason)",
            statement: item.sql.text, site: item.site)
    }
}

extension Connection {
    func nextStatementName() -> String {
        defer { nextStatement += 1 }
        return "roost_\(nextStatement)"
    }

    /// Keeps a statement that a batch has prepared.
    func remember(_ name: String, _ text: String, _ description: OpaquePointer) {
        let types = (0..<PQnparams(description)).map { PQparamtype(description, $0) }
        let statement = PreparedStatement(name: name, parameterTypes: types, layout: ColumnLayout(description))
        if let evicted = cache.store(statement, text: text) { discarded.append(evicted.name) }
    }

    func forget(_ text: String) {
        if let stale = cache.remove(text) { discarded.append(stale.name) }
    }
}
