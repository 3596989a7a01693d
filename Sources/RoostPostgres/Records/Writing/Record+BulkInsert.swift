extension Record {
    /// Inserts records, without their generated columns: all of them or, when it throws, none.
    ///
    /// Many rows go into one statement; lists of every length share a few prepared statements.
    /// - Returns: how many rows were inserted or updated.
    @discardableResult
    public static func insert(
        _ records: some Collection<Self>, onConflict conflict: Conflict<Self> = .fail, in database: Connection,
        file: String = #fileID, line: Int = #line
    ) throws -> Int {
        let site = CallSite(file: file, line: line)
        return try portions(of: Array(records), conflict, isReturning: false, database, site) {
            try database.query($0, site) { $0.affectedRows }
        }.reduce(0, +)
    }

    /// Inserts records as ``insert(_:onConflict:in:file:line:)`` does and gives them back as the database stored them.
    public static func inserted(
        _ records: some Collection<Self>, onConflict conflict: Conflict<Self> = .fail, in database: Connection,
        file: String = #fileID, line: Int = #line
    ) throws -> [Self] {
        let site = CallSite(file: file, line: line)
        return try portions(of: Array(records), conflict, isReturning: true, database, site) {
            try read($0, database, site)
        }.flatMap { $0 }
    }

    private static func portions<Output>(
        of records: [Self], _ conflict: Conflict<Self>, isReturning: Bool, _ database: Connection, _ site: CallSite,
        _ run: (SQL) throws -> Output
    ) throws -> [Output] {
        try table.check(site)
        let columns = InsertStatement<Self>.recordColumns
        let portions = InsertStatement<Self>.portions(of: records.count, columns: columns.count)
        let statements = portions.lazy.map { portion in
            InsertStatement<Self>(
                columns: columns, rows: records[portion].map { InsertStatement<Self>.values(of: $0, columns) },
                conflict: conflict, isReturning: isReturning)
        }
        if columns.isEmpty { throw failure(.invalidParameter, "\(Self.self) has only generated columns", SQL(), site) }
        if portions.count < 2 { return try statements.map { try run($0.sql) } }
        return try database.transaction(file: site.file, line: site.line) { try statements.map { try run($0.sql) } }
    }
}
