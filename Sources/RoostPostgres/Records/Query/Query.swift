/// The rows of one table that meet some conditions, in some order: a value, which runs nothing until asked to.
///
///     let page = try Post.query
///         .where { $0.authorID == user.id && $0.body.contains("swift") }
///         .order(\.timestamp.descending, \.id.descending)
///         .paginate(page: 2, perPage: 20, in: database)
///
/// Each step gives a new query. ``sql`` shows the statement without running it.
public struct Query<R: Record>: Sendable {
    /// The table, to name its columns outside a closure.
    public let source: Source<R>
    var parts: SelectParts
    /// Columns beyond the table's own in the same statement, each with what becomes of it.
    var extras: [RowExtra<R>] = []
    /// What is loaded for the rows afterwards.
    var loaders: [Loader<R>] = []

    init(source: Source<R>) {
        self.source = source
        parts = SelectParts(source)
    }

    /// The statement with its parameters, as ``all(in:file:line:)`` would send it.
    public var sql: SQL {
        guard !extras.isEmpty else { return parts.select(source.selectList) }
        return parts.select(.joined([source.selectList] + extras.map { $0.columns }))
    }

    func with(_ change: (inout Query<R>) -> Void) -> Query<R> {
        var copy = self
        change(&copy)
        return copy
    }
}

extension Query {
    /// Only rows for which the condition is true; several conditions must all be.
    public func `where`(_ condition: (Source<R>) -> Condition) -> Query<R> {
        with { $0.parts.filter(condition(source)) }
    }

    /// Only rows for which a condition written by hand is true: `.where("length(body) > \(100)")`.
    public func `where`(_ sql: SQL) -> Query<R> {
        with { $0.parts.filter(Condition(sql)) }
    }

    /// Only rows for which a condition on key paths is true: `.where(\.username == name)`.
    public func `where`(_ condition: FieldCondition<R>) -> Query<R> {
        with { $0.parts.filter(condition.make(source)) }
    }

    /// Sorted by the keys, after those given before: `.order(\.timestamp.descending, \.id.descending)`.
    public func order(_ keys: KeyPath<Source<R>, Ordering>...) -> Query<R> {
        with { $0.parts.orders += keys.map { source[keyPath: $0] } }
    }

    /// Sorted by keys that need more than a key path.
    public func order(_ keys: (Source<R>) -> [Ordering]) -> Query<R> {
        with { $0.parts.orders += keys(source) }
    }

    /// Sorted by a key written by hand.
    public func order(_ sql: SQL) -> Query<R> {
        with { $0.parts.orders.append(Ordering(sql)) }
    }

    /// Without any order.
    public func unordered() -> Query<R> {
        with { $0.parts.orders = [] }
    }

    /// At most so many rows.
    public func limit(_ count: Int) -> Query<R> {
        with {
            if count < 0 { $0.parts.problem = "a limit is 0 or more, not \(count)" }
            $0.parts.limit = count
        }
    }

    /// Without the first rows.
    public func offset(_ count: Int) -> Query<R> {
        with {
            if count < 0 { $0.parts.problem = "an offset is 0 or more, not \(count)" }
            $0.parts.offset = count
        }
    }

    /// A slice: `query[20..<40]`.
    public subscript(range: Range<Int>) -> Query<R> {
        with { $0.parts.slice(range) }
    }

    /// A slice: `query[...9]`, `query[20...29]`, `query[10...]`.
    public subscript(range: some RangeExpression<Int> & Sendable) -> Query<R> {
        if let from = range as? PartialRangeFrom<Int> { return offset(from.lowerBound) }
        return self[range.relative(to: 0..<Int.max)]
    }

    /// Every different row once.
    public func distinct() -> Query<R> {
        with { $0.parts.distinct = .rows }
    }

    /// The first row, in the query's order, for each value of an expression (`DISTINCT ON`). PostgreSQL wants the order
    /// to begin with the same expression.
    public func distinct<Value>(on key: (Source<R>) -> SQLExpression<Value>) -> Query<R> {
        with { $0.parts.distinct = .on([key(source).sql]) }
    }

    /// Locks the rows until the transaction ends.
    /// - Parameter waiting: What happens with rows that somebody else has locked.
    public func forUpdate(_ waiting: LockWaiting = .wait) -> Query<R> {
        with { $0.parts.lock = " FOR UPDATE" + waiting.sql }
    }

    /// One row for each group of equal values: follow with `select`.
    public func group<each Value>(by keys: (Source<R>) -> (repeat SQLExpression<each Value>)) -> Query<R> {
        with {
            for key in repeat each keys(source) { $0.parts.groups.append(key.sql) }
        }
    }

    /// Only groups for which the condition is true.
    public func having(_ condition: (Source<R>) -> Condition) -> Query<R> {
        with { $0.parts.filterGroups(condition(source)) }
    }

    /// This query's rows as a table for another query: `SELECT … FROM (this query) AS "name"`.
    public func nested(as name: String) -> Query<R> {
        var outer = Query(source: Source<R>(alias: name))
        outer.parts = SelectParts(subquery: parts.select(source.selectList), as: name)
        outer.parts.problem = parts.problem
        outer.loaders = loaders
        return outer
    }
}

/// What `forUpdate` does about rows that somebody else has locked.
public enum LockWaiting: Sendable {
    /// Wait for them.
    case wait
    /// Leave them out, as a queue's workers do.
    case skip
    /// Fail at once with SQLSTATE 55P03.
    case fail

    var sql: SQL {
        switch self {
        case .wait: ""
        case .skip: " SKIP LOCKED"
        case .fail: " NOWAIT"
        }
    }
}
