extension Join {
    /// Only rows for which the condition is true; several conditions must all be.
    public func `where`(_ condition: (Sources) -> Condition) -> Join {
        with { $0.filter(condition(sources)) }
    }

    /// Only rows for which a condition written by hand is true.
    public func `where`(_ sql: SQL) -> Join {
        with { $0.filter(Condition(sql)) }
    }

    /// Sorted by the keys, after those given before.
    public func order(_ keys: (Sources) -> [Ordering]) -> Join {
        with { $0.orders += keys(sources) }
    }

    /// Sorted by a key written by hand.
    public func order(_ sql: SQL) -> Join {
        with { $0.orders.append(Ordering(sql)) }
    }

    public func limit(_ count: Int) -> Join {
        with {
            if count < 0 { $0.problem = "a limit is 0 or more, not \(count)" }
            $0.limit = count
        }
    }

    public func offset(_ count: Int) -> Join {
        with {
            if count < 0 { $0.problem = "an offset is 0 or more, not \(count)" }
            $0.offset = count
        }
    }

    /// A slice: `join[20..<40]`.
    public subscript(range: Range<Int>) -> Join { with { $0.slice(range) } }

    /// Every different row once.
    public func distinct() -> Join { with { $0.distinct = .rows } }

    /// One row for each group of equal values: follow with `select`.
    public func group<each Value>(
        by keys: (Sources) -> (repeat SQLExpression<each Value>)
    ) -> Join {
        with {
            for key in repeat each keys(sources) { $0.groups.append(key.sql) }
        }
    }

    /// One row for each group of equal values of one expression.
    ///
    /// A function of its own, since Swift 6.3 crashes on a pack of one behind a closure that takes a tuple apart.
    public func group<Value>(by key: (Sources) -> SQLExpression<Value>) -> Join {
        with { $0.groups.append(key(sources).sql) }
    }

    /// Only groups for which the condition is true.
    public func having(_ condition: (Sources) -> Condition) -> Join {
        with { $0.filterGroups(condition(sources)) }
    }

    /// Gives expressions instead of records.
    public func select<each Value: ColumnDecodable & SendableMetatype>(
        _ columns: (Sources) -> (repeat SQLExpression<each Value>)
    ) -> Selection<(repeat each Value)> {
        Selection(repeat each columns(sources), parts: parts, problem: problem)
    }

    /// Gives one expression instead of records.
    public func select<Value: ColumnDecodable & SendableMetatype>(
        _ column: (Sources) -> SQLExpression<Value>
    ) -> Selection<Value> {
        Selection(column(sources), parts: parts, problem: problem)
    }

    /// Gives the records of one of the tables, which may then be paginated and have associations:
    /// `.only { post, user in post }`. A row that joins several appears several times, unless ``distinct()``.
    public func only<R: Record>(_ choose: (Sources) -> Source<R>) -> Query<R> {
        var query = Query<R>(source: choose(sources))
        query.parts = parts
        return query
    }
}

extension Join {
    /// All rows as tuples of records.
    ///
    /// - Throws: ``QueryError`` when the statement fails or a column does not fit its property.
    public func all(in database: Connection, file: String = #fileID, line: Int = #line) throws -> [Output] {
        try fetch(database, CallSite(file: file, line: line))
    }

    /// The first row, nil when there is none.
    public func first(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Output? {
        try limit(Swift.min(parts.limit ?? 1, 1)).fetch(database, CallSite(file: file, line: line)).first
    }

    /// How many rows there are.
    public func count(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Int {
        try check(CallSite(file: file, line: line))
        return try database.value(parts.count, as: Int.self, file: file, line: line)
    }

    /// Whether there is any row; the server stops at the first.
    public func exists(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Bool {
        try check(CallSite(file: file, line: line))
        return try database.value("SELECT EXISTS (\(parts.presence))", as: Bool.self, file: file, line: line)
    }

    /// True when the join has any row, as a condition of another query.
    public var exists: Condition { Condition("EXISTS (\(parts.presence))", .atom) }

    private func check(_ site: CallSite) throws(QueryError) {
        try parts.check(site)
        if let problem { throw QueryError(code: .invalidParameter, message: problem, statement: "", site: site) }
    }

    private func fetch(_ database: Connection, _ site: CallSite) throws -> [Output] {
        try check(site)
        return try database.query(sql, site) { result in
            var reader = RecordReader(result)
            var rows: [Output] = []
            rows.reserveCapacity(result.count)
            for row in 0..<result.count {
                reader.start(row)
                rows.append(try read(&reader))
            }
            return rows
        }
    }
}
