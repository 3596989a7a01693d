/// A record's table: its name, its columns, its key.
public final class Table<R: Record>: Sendable {
    /// The table's name.
    public let name: String
    /// The schema it lives in; nil for the connection's search path.
    public let schema: String?
    /// The columns' names, in the order in which `Fields` declares them.
    public let columnNames: [String]

    let fields: R.Fields
    let columns: [any AnyColumn<R>]
    /// How many columns there are, for code that reads rows and has no time to look up what `columns` is an array of.
    let columnCount: Int
    /// The names of the properties in `Fields`, which are also those of the record.
    let labels: [String]
    /// Positions of the key's columns.
    let key: [Int]
    /// `"author_id"`
    let quoted: [String]
    /// `"posts"."author_id"`
    let qualified: [SQL]
    /// All columns as a SELECT shows them.
    let selectList: SQL
    /// Why the declaration cannot be used, nil when it can.
    let problem: String?

    /// - Parameters:
    ///   - name: The table's name.
    ///   - schema: The schema, when it is not on the connection's search path.
    public init(_ name: String, schema: String? = nil) {
        let fields = R.Fields()
        let layout = FieldLayout<R>(fields)
        self.name = name
        self.schema = schema
        self.fields = fields
        columns = layout.columns
        columnCount = layout.columns.count
        labels = layout.labels
        columnNames = layout.names
        key = layout.key
        quoted = layout.names.map { SQL.identifier($0).text }
        let prefix = SQL.identifier(name).text + "."
        qualified = quoted.map { .unsafe(prefix + $0) }
        selectList = .joined(qualified)
        problem = layout.problem(table: name)
    }

    /// The table's quoted name, with its schema.
    public var sql: SQL {
        guard let schema else { return .identifier(name) }
        return "\(identifier: schema).\(identifier: name)"
    }

    /// The position of a column of `Fields`, from 0.
    func index(of column: any AnyColumn) -> Int {
        guard let index = columns.firstIndex(where: { $0 === column }) else {
            preconditionFailure("\(R.self).Fields: declare columns with `let`, not as computed properties")
        }
        return index
    }

    /// The column that holds a property.
    func index(of path: AnyKeyPath) -> Int? {
        columns.firstIndex { $0.anyPath == path }
    }

    /// - Throws: ``QueryError`` of code `invalidParameter` when the declaration cannot be used.
    func check(_ site: CallSite) throws(QueryError) {
        guard let problem else { return }
        var error = QueryError(code: .invalidParameter, message: problem, statement: "", site: site)
        error.table = name
        throw error
    }
}

/// The columns found in a `Fields`. It is looked through once, when the table is first used.
private struct FieldLayout<R: Record> {
    var columns: [any AnyColumn<R>] = []
    var labels: [String] = []
    var names: [String] = []
    var others: [String] = []

    init(_ fields: R.Fields) {
        for child in Mirror(reflecting: fields).children {
            let label = child.label ?? ""
            if let column = child.value as? any AnyColumn<R> {
                columns.append(column)
                labels.append(label)
                names.append(column.explicitName ?? SnakeCase.from(label))
            } else if !(child.value is any RecordField<R>) {
                others.append(label)
            }
        }
    }

    var key: [Int] {
        let marked = columns.indices.filter { columns[$0].traits.contains(.key) }
        if !marked.isEmpty { return marked }
        return names.firstIndex(of: "id").map { [$0] } ?? []
    }

    func problem(table: String) -> String? {
        if columns.isEmpty { return "\(R.self).Fields declares no column" }
        if let other = others.first {
            return "\(R.self).Fields.\(other) is no column or association of \(R.self); "
                + "declare it as Column(\\\(R.self).\(other))"
        }
        if let bad = ([table] + names).first(where: { !Self.isIdentifier($0) }) {
            return "\(R.self): \"\(bad)\" cannot be a table's or column's name; it takes 1 to 63 bytes without NUL"
        }
        if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
            return "\(R.self).Fields declares column \"\(names[twice])\" twice, the second time as \(labels[twice])"
        }
        return nil
    }

    private static func isIdentifier(_ name: String) -> Bool {
        (1...63).contains(name.utf8.count) && !name.utf8.contains(0)
    }
}
