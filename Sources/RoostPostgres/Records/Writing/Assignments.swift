/// The columns that an INSERT or UPDATE sets.
///
///     Post.query.where { $0.id == 7 }.update(in: database) {
///         $0.body = text
///         $0.set(\.views) { $0.views + 1 }
///     }
@dynamicMemberLookup
public struct Assignments<R: Record> {
    /// Position of the column in the table, and the value's SQL; each column once.
    private(set) var values: [(column: Int, sql: SQL)] = []
    private let source: Source<R>

    init(source: Source<R>) {
        self.source = source
    }

    /// Sets a column to a value.
    public subscript<Value>(dynamicMember path: KeyPath<R.Fields, Column<R, Value>>) -> Value {
        @available(
            *, unavailable, message: "a column's new value cannot be read; use set(_:to:) to compute with the old one"
        )
        get { preconditionFailure("unavailable") }
        set { assign(path, "\(newValue)") }
    }

    /// Sets a column to a value that no log, error or event may show.
    public mutating func set<Value>(_ path: KeyPath<R.Fields, Column<R, Value>>, secret value: Value) {
        assign(path, "\(secret: value)")
    }

    /// Sets a column to what an expression of the row's old values gives.
    public mutating func set<Value>(
        _ path: KeyPath<R.Fields, Column<R, Value>>, to value: (Source<R>) -> SQLExpression<Value>
    ) {
        assign(path, value(source).sql)
    }

    /// Sets a column to SQL written by hand.
    public mutating func set<Value>(_ path: KeyPath<R.Fields, Column<R, Value>>, sql: SQL) {
        assign(path, sql)
    }

    private mutating func assign<Value>(_ path: KeyPath<R.Fields, Column<R, Value>>, _ sql: SQL) {
        assign(R.table.index(of: R.table.fields[keyPath: path]), sql)
    }

    mutating func assign(_ column: Int, _ sql: SQL) {
        values.removeAll { $0.column == column }
        values.append((column, sql))
    }

    /// `"body" = $1, "views" = …` for UPDATE.
    var list: SQL {
        .joined(values.map { .unsafe(R.table.quoted[$0.column]) + " = " + $0.sql })
    }
}
