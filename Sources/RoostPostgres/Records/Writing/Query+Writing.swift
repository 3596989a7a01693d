extension Query {
    /// Changes columns of all the query's rows; without a condition, of all rows of the table.
    ///
    /// - Returns: how many rows were changed.
    @discardableResult
    public func update(
        in database: Connection, file: String = #fileID, line: Int = #line,
        _ assign: (inout Assignments<R>) throws -> Void
    ) throws -> Int {
        let site = CallSite(file: file, line: line)
        guard let sql = try updating(site, assign) else { return 0 }
        return try database.query(sql, site) { $0.affectedRows }
    }

    /// Changes columns of all the query's rows and gives the rows back as they are now.
    public func updated(
        in database: Connection, file: String = #fileID, line: Int = #line,
        _ assign: (inout Assignments<R>) throws -> Void
    ) throws -> [R] {
        let site = CallSite(file: file, line: line)
        guard let sql = try updating(site, assign) else { return try fetch(database, site) }
        return try R.read(sql + " RETURNING " + source.selectList, database, site)
    }

    /// Deletes all the query's rows; without a condition, all rows of the table.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func delete(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Int {
        let site = CallSite(file: file, line: line)
        return try database.query(try deleting(site), site) { $0.affectedRows }
    }

    /// Deletes all the query's rows and gives them back as they were.
    public func deleted(in database: Connection, file: String = #fileID, line: Int = #line) throws -> [R] {
        let site = CallSite(file: file, line: line)
        return try R.read(try deleting(site) + " RETURNING " + source.selectList, database, site)
    }

    /// The UPDATE; nil when nothing is to be set.
    func updating(_ site: CallSite, _ assign: (inout Assignments<R>) throws -> Void) throws -> SQL? {
        try check(site)
        var row = Assignments<R>(source: source)
        try assign(&row)
        guard !row.values.isEmpty else { return nil }
        var sql: SQL = "UPDATE \(source.declaration) SET \(row.list)"
        try appendRows(to: &sql, site)
        return sql
    }

    func deleting(_ site: CallSite) throws -> SQL {
        try check(site)
        var sql: SQL = "DELETE FROM \(source.declaration)"
        try appendRows(to: &sql, site)
        return sql
    }

    /// The condition as it is, or the keys of a query that has more than a condition.
    private func appendRows(to sql: inout SQL, _ site: CallSite) throws {
        if parts.isPlain { return parts.appendCondition(to: &sql) }
        let key = R.table.key
        guard !key.isEmpty else {
            throw R.failure(
                .invalidParameter, "\(R.self) has no key, so only a query with nothing but conditions can change rows",
                self.sql, site)
        }
        guard parts.groups.isEmpty, parts.having == nil else {
            throw R.failure(.invalidParameter, "a grouped query has no rows to change", self.sql, site)
        }
        let keys = SQL.joined(key.map(source.qualified))
        sql += key.count == 1 ? " WHERE \(keys)" : " WHERE (\(keys))"
        sql += " IN (\(parts.select(keys)))"
    }
}
