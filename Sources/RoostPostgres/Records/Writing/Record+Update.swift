extension Record {
    /// Stores all the record's columns but its key.
    ///
    /// - Throws: ``QueryError`` of code `noRows` when there is no such row any more; of code `invalidParameter` when the
    ///   table has no key.
    public func update(in database: Connection, file: String = #fileID, line: Int = #line) throws {
        let columns = Self.table.columns.indices.filter {
            !Self.table.key.contains($0) && !Self.table.columns[$0].traits.contains(.generated)
        }
        try update(columns, database, CallSite(file: file, line: line))
    }

    /// Stores some of the record's columns: `try user.update(\.name, \.location, in: database)`.
    public func update<each Value>(
        _ columns: repeat KeyPath<Fields, Column<Self, each Value>>, in database: Connection, file: String = #fileID,
        line: Int = #line
    ) throws {
        try update(
            Conflict<Self>.positions(repeat each columns), database, CallSite(file: file, line: line))
    }

    /// Deletes the record's row.
    ///
    /// - Returns: false when it was gone already.
    @discardableResult
    public func delete(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Bool {
        let site = CallSite(file: file, line: line)
        let query = try itself(site)
        return try database.query(try query.deleting(site), site) { $0.affectedRows } > 0
    }

    /// The record as the database has it now, nil when it is gone.
    public func refreshed(in database: Connection, file: String = #fileID, line: Int = #line) throws -> Self? {
        let site = CallSite(file: file, line: line)
        return try itself(site).fetch(database, site).first
    }

    private func update(_ columns: [Int], _ database: Connection, _ site: CallSite) throws {
        let query = try itself(site)
        let sql = try query.updating(site) { row in
            for column in columns { row.assign(column, "\(Self.table.columns[column].value(of: self))") }
        }
        guard let sql else { return }
        guard try database.query(sql, site, decode: { $0.affectedRows }) > 0 else {
            throw Self.failure(.noRows, "the row to update is not there any more", sql, site)
        }
    }

    /// The query of this one row.
    private func itself(_ site: CallSite) throws -> Query<Self> {
        try Self.table.check(site)
        guard !Self.table.key.isEmpty else {
            throw Self.failure(
                .invalidParameter, "\(Self.self) has no key; mark its columns `.key` or use a query", SQL(), site)
        }
        return Self.query.where { source in
            .all(
                Self.table.key.map { index in
                    let value = Self.table.columns[index].value(of: self)
                    return SQLExpression<SQLValue>(source.qualified(index), .atom) == value
                })
        }
    }
}
