extension Record {
    /// Inserts a row from some of its columns and gives it back as the database stored it; the others take their
    /// defaults.
    ///
    ///     let post = try Post.insert(in: database) {
    ///         $0.body = text
    ///         $0.authorID = user.id
    ///     }
    ///
    /// - Throws: ``QueryError``, such as a unique violation.
    @discardableResult
    public static func insert(
        in database: Connection, file: String = #fileID, line: Int = #line,
        _ assign: (inout Assignments<Self>) throws -> Void
    ) throws -> Self {
        try insertOne(assign, .fail, database, CallSite(file: file, line: line))
    }

    /// The same, unless such a row is there already: then it is left alone (`.ignore`) or updated.
    ///
    /// - Returns: the stored row; nil when it was left alone.
    @discardableResult
    public static func insert(
        onConflict conflict: Conflict<Self>, in database: Connection, file: String = #fileID, line: Int = #line,
        _ assign: (inout Assignments<Self>) throws -> Void
    ) throws -> Self? {
        try insertMaybe(assign, conflict, database, CallSite(file: file, line: line))
    }

    /// Inserts the record, without its generated columns, and gives it back as the database stored it.
    ///
    /// - Throws: ``QueryError``, such as a unique violation.
    @discardableResult
    public func insert(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Self {
        try Self.insertOne(assigning, .fail, database, CallSite(file: file, line: line))
    }

    /// Inserts the record unless one like it is there already.
    ///
    /// - Returns: the stored row; nil when it was left alone.
    @discardableResult
    public func insert(
        onConflict conflict: Conflict<Self>, in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> Self? {
        try Self.insertMaybe(assigning, conflict, database, CallSite(file: file, line: line))
    }

    /// Inserts the record, or updates the row that has the same values in the given columns, which have a unique index.
    ///
    /// - Returns: the row as the database stored it.
    @discardableResult
    public func upsert<each Key>(
        on key: repeat KeyPath<Fields, Column<Self, each Key>>, in database: Connection, file: String = #fileID,
        line: Int = #line
    ) throws -> Self {
        try Self.insertOne(
            assigning, .update(on: repeat each key), database, CallSite(file: file, line: line))
    }

    private func assigning(_ row: inout Assignments<Self>) {
        for column in InsertStatement<Self>.recordColumns {
            row.assign(column, "\(Self.table.columns[column].value(of: self))")
        }
    }

    private static func insertOne(
        _ assign: (inout Assignments<Self>) throws -> Void, _ conflict: Conflict<Self>, _ database: Connection,
        _ site: CallSite
    ) throws -> Self {
        if let row = try insertMaybe(assign, conflict, database, site) { return row }
        throw failure(.noRows, "the INSERT gave no row back; does a trigger or rule drop it?", SQL(), site)
    }

    private static func insertMaybe(
        _ assign: (inout Assignments<Self>) throws -> Void, _ conflict: Conflict<Self>, _ database: Connection,
        _ site: CallSite
    ) throws -> Self? {
        try table.check(site)
        var row = Assignments<Self>(source: Source(alias: nil))
        try assign(&row)
        let statement = InsertStatement<Self>(
            columns: row.values.map(\.column), rows: [row.values.map(\.sql)], conflict: conflict, isReturning: true)
        return try read(statement.sql, database, site).first
    }

    /// Runs a statement that gives back all columns.
    static func read(_ sql: SQL, _ database: Connection, _ site: CallSite) throws -> [Self] {
        try database.query(sql, site) { result in
            var reader = RecordReader(result)
            return try (0..<result.count).map { row in
                reader.start(row)
                return try reader.record(Self.self)
            }
        }
    }
}
