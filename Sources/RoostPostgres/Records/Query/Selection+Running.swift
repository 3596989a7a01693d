extension Selection {
    /// All rows.
    ///
    /// - Throws: ``QueryError`` when the statement fails or a column does not fit.
    public func all(in database: Connection, file: String = #fileID, line: Int = #line) throws -> [Output] {
        try fetch(database, CallSite(file: file, line: line))
    }

    /// The first row, nil when there is none.
    public func first(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Output? {
        try limit(Swift.min(parts.limit ?? 1, 1)).fetch(database, CallSite(file: file, line: line)).first
    }

    /// The only row.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Output {
        let site = CallSite(file: file, line: line)
        let rows = try limit(Swift.min(parts.limit ?? 2, 2)).fetch(database, site)
        if rows.count == 1 { return rows[0] }
        throw QueryError(
            code: rows.isEmpty ? .noRows : .tooManyRows,
            message: rows.isEmpty ? "expected one row, found none" : "expected one row, found several",
            statement: sql.text, site: site)
    }

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

    private func check(_ site: CallSite) throws(QueryError) {
        try parts.check(site)
        guard let problem else { return }
        throw QueryError(code: .invalidParameter, message: problem, statement: sql.text, site: site)
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
