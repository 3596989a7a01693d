import CLibPQ

extension Connection {
    /// Sends several statements in one round trip and hands their results back, as many as the closure returned.
    ///
    ///     let (posts, total) = try db.batch { batch in
    ///         (batch.rows("SELECT id, body FROM posts LIMIT 20", as: Post.self),
    ///          batch.value("SELECT count(*) FROM posts", as: Int.self))
    ///     }
    ///
    /// Outside a transaction the statements are one: if one fails, none has an effect. Inside, a failure spoils the
    /// transaction, as any other does. Uses libpq's pipeline mode.
    ///
    /// - Throws: the ``QueryError`` of the first statement that failed, with its own text and call site.
    @discardableResult
    public func batch<each Value>(
        file: String = #fileID, line: Int = #line, function: String = #function,
        _ body: (Batch) throws -> (repeat Pending<each Value>)
    ) throws -> (repeat each Value) {
        let batch = Batch()
        let pending = try body(batch)
        return try resolved(batch) { results in (repeat try (each pending).resolve(results)) }
    }

    /// As above, for one result.
    @discardableResult
    public func batch<Value>(
        file: String = #fileID, line: Int = #line, function: String = #function,
        _ body: (Batch) throws -> Pending<Value>
    ) throws -> Value {
        let batch = Batch()
        let pending = try body(batch)
        return try resolved(batch) { results in try pending.resolve(results) }
    }

    /// As above, for statements whose results nobody wants.
    public func batch(
        file: String = #fileID, line: Int = #line, function: String = #function, _ body: (Batch) throws -> Void
    ) throws {
        let batch = Batch()
        try body(batch)
        try resolved(batch) { _ in }
    }

    /// As above, for any number of statements of one kind.
    @discardableResult
    public func batch<Value>(
        file: String = #fileID, line: Int = #line, function: String = #function,
        _ body: (Batch) throws -> [Pending<Value>]
    ) throws -> [Value] {
        let batch = Batch()
        let pending = try body(batch)
        return try resolved(batch) { results in try pending.map { try $0.resolve(results) } }
    }

    private func resolved<Output>(_ batch: Batch, _ make: ([QueryResult]) throws -> Output) throws -> Output {
        let items = batch.items.list
        guard let first = items.first else { return try make([]) }
        if awaited != nil { try beginAwaited() }
        let results = try perform(items, first)
        do {
            return try make(results)
        } catch let error as QueryError {
            throw named(error)
        }
    }

    /// Runs the statements, repeating all of them once where that is safe.
    private func perform(_ items: [Batch.Item], _ first: Batch.Item) throws(QueryError) -> [QueryResult] {
        var mayRepeat = true
        while true {
            let before = Clock.nanoseconds
            let handle = try ready(for: first.sql, first.site, now: before)
            if timeBudget != nil || appliedTimeout != nil {
                try applyTimeBudget(first.sql, first.site, handle, now: before)
            }
            forgetDiscarded(handle)
            let isOutside = depth == 0 && isIdle(handle)
            defer { noteEnd() }
            do throws(QueryError) {
                var pipeline = Pipeline(connection: self, handle: handle, waitedSince: before)
                return try pipeline.run(items)
            } catch {
                let failure = isOutside ? error : explainedInTransaction(error)
                guard mayRepeat, isOutside, canRepeat(error, items) else { throw failure }
                mayRepeat = false
            }
        }
    }

    /// A batch of plain reads and writes is one transaction of the server, so that a stale plan has undone all of it.
    private func canRepeat(_ error: QueryError, _ items: [Batch.Item]) -> Bool {
        let kinds = items.map { StatementKind($0.sql.text) }
        if error.isStalePlan { return kinds.allSatisfy(\.isPlanned) }
        return error.code == .connectionLost && (error.wasNotSent || kinds.allSatisfy(\.isRead))
    }
}
