/// The clauses of a SELECT, put together in any order and rendered in SQL's.
struct SelectParts: Sendable {
    var from: SQL
    /// The names tables go by in FROM, to notice a table that is joined twice.
    var names: [String]
    /// FROM begins with the table itself, not with a subquery on it.
    private var isTable = true
    var condition: Condition?
    var groups: [SQL] = []
    var having: Condition?
    var orders: [Ordering] = []
    var limit: Int?
    var offset: Int?
    var distinct: Distinct?
    var lock: SQL?
    /// Joins for columns that are fetched along; they change neither the number of rows nor which they are.
    var eager = SQL()
    /// A mistake found while building, thrown when the query runs.
    var problem: String?

    enum Distinct: Sendable {
        case rows
        case on([SQL])
    }

    init<R: Record>(_ source: Source<R>) {
        from = source.declaration
        names = [source.name]
    }

    /// Rows of a subquery.
    init(subquery: SQL, as name: String) {
        from = "(\(subquery)) AS \(identifier: name)"
        names = [name]
        isTable = false
    }

    mutating func filter(_ condition: Condition) {
        self.condition = self.condition.map { $0 && condition } ?? condition
    }

    mutating func filterGroups(_ condition: Condition) {
        having = having.map { $0 && condition } ?? condition
    }

    mutating func slice(_ range: Range<Int>) {
        if range.lowerBound < 0 { problem = "a slice starts at 0, not at \(range.lowerBound)" }
        offset = range.lowerBound
        limit = range.count
    }

    /// A name under which another table can join: its own, or with a number behind it.
    func freeName(_ name: String) -> String {
        guard names.contains(name) else { return name }
        var number = 2
        while names.contains("\(name)_\(number)") { number += 1 }
        return "\(name)_\(number)"
    }

    /// The whole statement.
    func select(_ columns: SQL) -> SQL {
        var sql: SQL = "SELECT "
        switch distinct {
        case .rows: sql += "DISTINCT "
        case .on(let keys): sql += "DISTINCT ON (\(SQL.joined(keys))) "
        case nil: break
        }
        sql.append(columns)
        sql += " FROM "
        appendBody(to: &sql)
        return sql
    }

    private func appendBody(to sql: inout SQL) {
        sql.append(from)
        sql.append(eager)
        appendCondition(to: &sql)
        if !groups.isEmpty { sql += " GROUP BY \(SQL.joined(groups))" }
        if let having { sql += " HAVING \(having)" }
        if !orders.isEmpty { sql += " ORDER BY \(SQL.joined(orders.map(\.sql)))" }
        // A number in the text, and nothing for the first page: for a limit that it does not know, the planner plans the
        // statement anew each time, which may cost more than running it.
        if let limit { sql.append(.unsafe(" LIMIT \(limit)")) }
        if let offset, offset != 0 { sql += " OFFSET \(offset)" }
        if let lock { sql.append(lock) }
    }

    func appendCondition(to sql: inout SQL) {
        guard let condition else { return }
        sql += " WHERE "
        sql.append(condition.sql)
    }

    /// The number of rows the query would give.
    var count: SQL {
        if distinct != nil || !groups.isEmpty || having != nil || limit != nil || offset != nil {
            return "SELECT count(*) FROM (\(unordered.select("1", keeping: distinct))) AS counted"
        }
        return unordered.select("count(*)")
    }

    /// Whether there is any row: a SELECT for EXISTS.
    var presence: SQL {
        unordered.select("1", keeping: nil)
    }

    /// Without what does not change the number of rows.
    private var unordered: SelectParts {
        var copy = self
        if limit == nil && offset == nil { copy.orders = [] }
        copy.lock = nil
        copy.eager = SQL()
        return copy
    }

    private func select(_ columns: SQL, keeping distinct: Distinct?) -> SQL {
        var copy = self
        copy.distinct = distinct
        return copy.select(columns)
    }

    /// Only a condition, so that UPDATE and DELETE can take it as it is.
    var isPlain: Bool {
        isTable && names.count == 1 && groups.isEmpty && having == nil && orders.isEmpty && limit == nil
            && offset == nil
            && distinct == nil
    }

    func check(_ site: CallSite) throws(QueryError) {
        guard let problem else { return }
        throw QueryError(code: .invalidParameter, message: problem, statement: "", site: site)
    }
}
