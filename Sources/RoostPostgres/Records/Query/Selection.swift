/// A query that gives chosen columns and expressions instead of records: what `select` makes.
///
///     let counts = try Comment.query.group { $0.postID }
///         .select { ($0.postID, $0.rowCount) }
///         .all(in: database)                                  // [(Int, Int)]
public struct Selection<each Value>: Sendable {
    let columns: [SQL]
    var parts: SelectParts
    /// Why the records' declarations cannot be used.
    let problem: String?

    /// The statement with its parameters.
    public var sql: SQL { parts.select(.joined(columns)) }

    func with(_ change: (inout SelectParts) -> Void) -> Selection {
        var copy = self
        change(&copy.parts)
        return copy
    }

    /// Every different row once.
    public func distinct() -> Selection { with { $0.distinct = .rows } }

    /// At most so many rows.
    public func limit(_ count: Int) -> Selection {
        with {
            if count < 0 { $0.problem = "a limit is 0 or more, not \(count)" }
            $0.limit = count
        }
    }

    /// Without the first rows.
    public func offset(_ count: Int) -> Selection {
        with {
            if count < 0 { $0.problem = "an offset is 0 or more, not \(count)" }
            $0.offset = count
        }
    }

    /// Sorted by further keys; a labelled column goes by its label: `.order(.label("comments", descending: true))`.
    public func order(_ keys: Ordering...) -> Selection {
        with { $0.orders += keys }
    }

    func check(_ site: CallSite) throws(QueryError) {
        try parts.check(site)
        guard let problem else { return }
        throw QueryError(code: .invalidParameter, message: problem, statement: sql.text, site: site)
    }
}

extension Query {
    /// Gives expressions instead of records.
    public func select<each Value>(
        _ columns: (Source<R>) -> (repeat SQLExpression<each Value>)
    ) -> Selection<repeat each Value> {
        var list: [SQL] = []
        for column in repeat each columns(source) { list.append(column.selected) }
        return Selection(columns: list, parts: parts, problem: R.table.problem)
    }

    /// Gives columns instead of records: `.select(\.id, \.username)`.
    public func select<each Value>(
        _ columns: repeat KeyPath<Source<R>, SQLExpression<each Value>>
    ) -> Selection<repeat each Value> {
        var list: [SQL] = []
        for path in repeat each columns { list.append(source[keyPath: path].selected) }
        return Selection(columns: list, parts: parts, problem: R.table.problem)
    }
}

extension Selection where repeat each Value: ColumnDecodable {
    /// All rows as tuples.
    public func all(
        in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> [(repeat each Value)] {
        try check(CallSite(file: file, line: line))
        return try database.rows(sql, as: (repeat each Value).self, file: file, line: line)
    }

    /// The first row, nil when there is none.
    public func first(
        in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> (repeat each Value)? {
        try check(CallSite(file: file, line: line))
        return try database.first(
            limit(Swift.min(parts.limit ?? 1, 1)).sql, as: (repeat each Value).self, file: file, line: line)
    }

    /// The only row.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one(in database: Connection, file: String = #fileID, line: Int = #line) throws -> (repeat each Value) {
        try check(CallSite(file: file, line: line))
        return try database.one(
            limit(Swift.min(parts.limit ?? 2, 2)).sql, as: (repeat each Value).self, file: file, line: line)
    }
}

extension Selection {
    /// All rows as a Codable type; its keys are the columns' names and labels.
    public func all<Row: Decodable>(
        as type: Row.Type, in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> [Row] {
        try check(CallSite(file: file, line: line))
        return try database.rows(sql, as: type, file: file, line: line)
    }

    /// How many rows there are.
    public func count(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Int {
        try check(CallSite(file: file, line: line))
        return try database.value(
            "SELECT count(*) FROM (\(sql)) AS counted", as: Int.self, file: file, line: line)
    }

    /// The only column of the only row as an expression of another query: `.scalar(as: Int.self)`. NULL without a row.
    public func scalar<Only>(as type: Only.Type) -> SQLExpression<Only> {
        SQLExpression<Only>("(\(sql))", .atom)
    }
}
