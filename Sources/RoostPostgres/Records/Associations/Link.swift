/// How rows of one table find those of another: by a column on either side, or through a table between them.
struct Link<Owner: Record, Target: Record>: Sendable {
    enum Route: Sendable {
        /// The target's column, nil for its key.
        case direct((any AnyKeyPath & Sendable)?)
        case through(LinkTable)
    }

    /// The owner's column, nil for its key.
    let path: (any AnyKeyPath & Sendable)?
    let route: Route

    /// The owner's column that holds what the target is found by.
    ///
    /// - Throws: ``QueryError`` of code `invalidParameter` when there is none.
    func ownerColumn(_ site: CallSite) throws -> any AnyColumn<Owner> {
        try Owner.table.check(site)
        guard let index = Owner.table.index(of: path) else {
            throw Owner.failure(
                .invalidParameter, "\(Owner.self) has no single column for an association's \(described(path))", SQL(),
                site)
        }
        return Owner.table.columns[index]
    }

    /// The target's rows for which `match` accepts the column that corresponds to the owner's.
    /// - Returns: The query and that column.
    func query(_ target: Source<Target>, _ match: (SQL) -> SQL) -> (query: Query<Target>, key: SQL) {
        var query = Query(source: target)
        let key: SQL
        switch route {
        case .direct(let path): key = target.column(path)
        case .through(let table):
            let name = query.parts.freeName(target.depth > 0 ? "\(table.name)_sub\(target.depth)" : table.name)
            let alias: SQL = name == table.name ? "" : " AS \(identifier: name)"
            query.parts.join(
                .inner, table.sql + alias, name: name,
                on: "\(identifier: name).\(identifier: table.targetColumn()) = \(target.column(nil))")
            key = "\(identifier: name).\(identifier: table.sourceColumn())"
        }
        query.parts.filter(Condition(match(key), .comparison))
        return (query, key)
    }

    /// The target's rows that belong to the row of `source` in the query around.
    func correlated(_ source: Source<Owner>) -> Query<Target> {
        let isSame = Owner.table.name == Target.table.name
        let name =
            source.depth > 0 || isSame || source.alias != nil ? "\(Target.table.name)_sub\(source.depth + 1)" : nil
        let target = Source<Target>(alias: name, depth: source.depth + 1)
        return query(target) { "\($0) = \(source.column(path))" }.query
    }

    /// The target's rows that belong to one record.
    func query(of record: Owner) -> Query<Target> {
        guard let index = Owner.table.index(of: path) else {
            var query = Query<Target>(source: Source(alias: nil))
            query.parts.problem = "\(Owner.self) has no single column for an association's \(described(path))"
            return query
        }
        let value = Owner.table.columns[index].value(of: record)
        return query(Source(alias: nil)) { "\($0) = \(value)" }.query
    }

    /// Fetches the one target of each owner.
    /// - Parameter limited: whether several rows may match, of which the first is taken.
    func loader(
        into property: any WritableKeyPath<Owner, Related<Target>> & Sendable, limited: Bool,
        _ refine: @escaping @Sendable (Query<Target>) -> Query<Target>
    ) -> Loader<Owner> {
        Loader { owners, database, site in
            let found = try fetch(for: owners, refine, limited: limited, database, site)
            for index in owners.indices {
                owners[index][keyPath: property] = Related(loaded: found.rows(of: owners[index]).first)
            }
        }
    }
}

/// A table between two others, with a column for each.
struct LinkTable: Sendable {
    let name: String
    let sql: SQL
    let sourceColumn: @Sendable () -> String
    let targetColumn: @Sendable () -> String
}

private func described(_ path: AnyKeyPath?) -> String { path.map { "\($0)" } ?? "key" }

extension Table {
    /// The column of a property; for nil, the key when it is one column.
    func index(of path: (any AnyKeyPath & Sendable)?) -> Int? {
        if let path { return index(of: path as AnyKeyPath) }
        return key.count == 1 ? key[0] : nil
    }

    /// The name of the column of a property. Without one the name says so, and the server's error shows it.
    func columnName(_ path: (any AnyKeyPath & Sendable)?) -> String {
        guard let index = index(of: path) else { return "no column of \(R.self) for \(described(path))" }
        return columnNames[index]
    }
}

extension Source {
    func column(_ path: (any AnyKeyPath & Sendable)?) -> SQL {
        "\(identifier: name).\(identifier: R.table.columnName(path))"
    }
}
