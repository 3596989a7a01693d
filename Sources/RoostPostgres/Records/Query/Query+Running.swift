extension Query {
    /// All rows.
    ///
    /// - Throws: ``QueryError`` when the statement fails or a column does not fit its property.
    public func all(in database: Connection, file: String = #fileID, line: Int = #line) throws -> [R] {
        try fetch(database, CallSite(file: file, line: line))
    }

    /// The first row, nil when there is none.
    public func first(in database: Connection, file: String = #fileID, line: Int = #line) throws -> R? {
        try limit(Swift.min(parts.limit ?? 1, 1)).fetch(database, CallSite(file: file, line: line)).first
    }

    /// The only row.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one(in database: Connection, file: String = #fileID, line: Int = #line) throws -> R {
        let site = CallSite(file: file, line: line)
        let rows = try limit(Swift.min(parts.limit ?? 2, 2)).fetch(database, site)
        if rows.count == 1 { return rows[0] }
        throw R.failure(
            rows.isEmpty ? .noRows : .tooManyRows,
            rows.isEmpty ? "expected one row, found none" : "expected one row, found several", sql, site)
    }

    /// How many rows there are.
    public func count(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Int {
        let site = CallSite(file: file, line: line)
        try check(site)
        return try database.value(parts.count, as: Int.self, file: file, line: line)
    }

    /// Whether there is any row; the server stops at the first.
    public func exists(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Bool {
        try check(CallSite(file: file, line: line))
        return try database.value("SELECT EXISTS (\(parts.presence))", as: Bool.self, file: file, line: line)
    }

    func check(_ site: CallSite) throws(QueryError) {
        try R.table.check(site)
        try parts.check(site)
    }

    func fetch(_ database: Connection, _ site: CallSite) throws -> [R] {
        try check(site)
        var records = try database.query(sql, site) { try read($0) }
        try load(for: &records, database, site)
        return records
    }

    /// Fetches the associations of records that are there already.
    func load(for records: inout [R], _ database: Connection, _ site: CallSite) throws {
        guard !records.isEmpty else { return }
        for loader in loaders { try loader.load(&records, database, site) }
    }

    private func read(_ result: QueryResult) throws -> [R] {
        var records: [R] = []
        records.reserveCapacity(result.count)
        var reader = RecordReader(result)
        for row in 0..<result.count {
            reader.start(row)
            var record = try reader.record(R.self)
            for extra in extras { try extra.read(&record, &reader) }
            records.append(record)
        }
        return records
    }
}

extension Record {
    static func failure(
        _ code: QueryError.Code, _ message: String, _ sql: SQL, _ site: CallSite
    ) -> QueryError {
        var error = QueryError(code: code, message: message, statement: sql.text, site: site)
        error.table = table.name
        return error
    }
}

extension Record where Self: Identifiable, ID: SQLBindable {
    /// The row with the given key, nil when there is none.
    ///
    /// - Throws: ``QueryError``; of code `invalidParameter` when the table has no key or one of several columns.
    public static func get(
        _ id: ID, in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> Self? {
        try query.get(id, in: database, file: file, line: line)
    }
}

extension Query where R: Identifiable, R.ID: SQLBindable {
    /// The row with the given key among this query's, with what the query includes; nil when there is none.
    public func get(_ id: R.ID, in database: Connection, file: String = #fileID, line: Int = #line) throws -> R? {
        let site = CallSite(file: file, line: line)
        guard R.table.key.count == 1 else {
            let found = R.table.key.isEmpty ? "no key" : "a key of several columns"
            throw R.failure(.invalidParameter, "\(R.self) has \(found); use where { } instead of get", sql, site)
        }
        let key = SQLExpression<R.ID>(source.qualified(R.table.key[0]), .atom)
        return try self.where { _ in key == id }.fetch(database, site).first
    }
}

extension Query {
    /// True when the query has any row, as a condition of another query: `EXISTS (SELECT …)`.
    public var exists: Condition { Condition("EXISTS (\(parts.presence))", .atom) }

    /// The number of rows as an expression of another query: `(SELECT count(*) …)`.
    public var count: SQLExpression<Int> { SQLExpression<Int>("(\(parts.count))", .atom) }
}
