/// A query that gives chosen columns and expressions instead of records: what `select` makes.
///
///     let counts = try Comment.query.group { $0.postID }
///         .select { ($0.postID, $0.rowCount) }
///         .all(in: database)                                  // [(Int, Int)]
///
/// `Output` is what a row gives: the value of a single column, or a tuple.
public struct Selection<Output>: Sendable {
    let columns: [SQL]
    var parts: SelectParts
    /// Why the records' declarations cannot be used.
    let problem: String?
    let read: @Sendable (inout RecordReader) throws -> Output

    init<each Value: ColumnDecodable & SendableMetatype>(
        _ columns: repeat SQLExpression<each Value>, parts: SelectParts, problem: String?
    ) where Output == (repeat each Value) {
        var list: [SQL] = []
        for column in repeat each columns { list.append(column.selected) }
        self.columns = list
        self.parts = parts
        self.problem = problem
        read = { (repeat try $0.next((each Value).self)) }
    }

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

    /// The only column of the only row as an expression of another query: `.scalar(as: Int.self)`. NULL without a row.
    public func scalar<Only>(as type: Only.Type) -> SQLExpression<Only> {
        SQLExpression<Only>("(\(sql))", .atom)
    }
}

extension Query {
    /// Gives expressions instead of records.
    public func select<each Value: ColumnDecodable & SendableMetatype>(
        _ columns: (Source<R>) -> (repeat SQLExpression<each Value>)
    ) -> Selection<(repeat each Value)> {
        Selection(repeat each columns(source), parts: parts, problem: R.table.problem)
    }

    /// Gives columns instead of records: `.select(\.id, \.username)`.
    public func select<each Value: ColumnDecodable & SendableMetatype>(
        _ columns: repeat KeyPath<Source<R>, SQLExpression<each Value>>
    ) -> Selection<(repeat each Value)> {
        Selection(repeat source[keyPath: each columns], parts: parts, problem: R.table.problem)
    }
}
