internal import RoostPostgres

/// How PostgreSQL would run a statement.
struct QueryPlan {
    enum Kind: String {
        /// Made for the values the statement ran with.
        case custom
        /// Made for any values: the statement has a secret, which does not leave the request again.
        case generic
    }

    /// The lines of EXPLAIN.
    let text: String
    let kind: Kind
    /// The same for plans that differ only in estimates and values.
    let shape: String
}

/// Why a plan could not be had.
struct PlanError: Error {
    let reason: String
}

/// Asks for plans on a connection of its own, so that neither the request's transaction nor its time is touched.
///
/// Plain EXPLAIN alone, never ANALYZE, in a read-only transaction with a timeout of its own: nothing is run again.
struct PlanCapture {
    let connection: ConnectionSettings
    /// In milliseconds, for each statement.
    let timeout: Int
    /// Whether values may stand in a plan.
    let shown: Bool

    init(connection: ConnectionSettings, timeout: Int, shown: Bool) {
        var connection = connection
        connection.connectAttempts = 1
        connection.connectTimeout = min(connection.connectTimeout, max(2, timeout / 1000))
        self.connection = connection
        self.timeout = timeout
        self.shown = shown
    }

    /// A single SELECT that takes no locks and changes nothing by its own words.
    static func canExplain(_ statement: String) -> Bool {
        var lexer = SQLLexer(statement)
        guard let first = lexer.nextSignificant() else { return false }
        guard lexer.isWord(first, "select") || lexer.isWord(first, "with") || lexer.isWord(first, "values") else {
            return false
        }
        while let token = lexer.nextSignificant() {
            if token.kind == .punctuation, lexer.bytes[token.range.lowerBound] == UInt8(ascii: ";") {
                return lexer.nextSignificant() == nil
            }
            let writes: [StaticString] = ["insert", "update", "delete", "merge", "into", "share"]
            if writes.contains(where: { lexer.isWord(token, $0) }) { return false }
        }
        return true
    }

    func plans(of queries: [PlanQueue.Query]) -> [(PlanQueue.Query, Result<QueryPlan, PlanError>)] {
        let database = Connection(settings: connection)
        defer { database.close() }
        return queries.map { query in
            do {
                return (query, .success(try plan(of: query.sql, on: database)))
            } catch let error as QueryError {
                return (query, .failure(PlanError(reason: error.description)))
            } catch {
                return (query, .failure(PlanError(reason: "no plan")))
            }
        }
    }

    private func plan(of sql: SQL, on database: Connection) throws -> QueryPlan {
        let kind: QueryPlan.Kind = sql.hasSecrets && !sql.values.isEmpty ? .generic : .custom
        let lines = try database.transaction(readOnly: true) {
            let milliseconds = String(timeout)
            try database.execute("SELECT set_config('statement_timeout', \(milliseconds), true)")
            return kind == .custom ? try customPlan(of: sql, on: database) : try genericPlan(of: sql, on: database)
        }
        let text = lines.joined(separator: "\n")
        return QueryPlan(
            text: shown || kind == .generic ? text : PlanText.withoutValues(text), kind: kind,
            shape: PlanText.shape(of: text))
    }

    private func customPlan(of sql: SQL, on database: Connection) throws -> [String] {
        try database.rows("EXPLAIN \(sql)").map { try $0[0] }
    }

    /// The plan for unknown values: NULL stands for each of them and is not looked at.
    private func genericPlan(of sql: SQL, on database: Connection) throws -> [String] {
        try database.execute("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)")
        try database.script(unsafe: "PREPARE roost_plan AS " + sql.text)
        defer { _ = try? database.script(unsafe: "DEALLOCATE roost_plan") }
        let nulls = repeatElement("NULL", count: sql.values.count).joined(separator: ", ")
        return try database.rows(SQL.unsafe("EXPLAIN EXECUTE roost_plan(\(nulls))")).map { try $0[0] }
    }
}
