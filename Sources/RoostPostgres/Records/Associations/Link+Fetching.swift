extension Link {
    /// The rows found for a page of owners.
    struct Found: Sendable {
        fileprivate let column: any AnyColumn<Owner>
        fileprivate var rows: [SQLValue: [Target]] = [:]

        func rows(of owner: Owner) -> [Target] {
            rows[column.value(of: owner)] ?? []
        }
    }

    /// Fetches the rows of all owners with one statement.
    ///
    /// - Parameter limited: A limit counts for each owner; otherwise it is left out.
    func fetch(
        for owners: [Owner], _ refine: (Query<Target>) -> Query<Target>, limited: Bool, _ database: Connection,
        _ site: CallSite
    ) throws -> Found {
        var found = Found(column: try ownerColumn(site))
        let values = Set(owners.map { found.column.value(of: $0) }).subtracting([.null])
        guard !values.isEmpty else { return found }
        // In a fixed order, so that the same page sends the same parameters.
        let keys = SQLValue.array(Array(values).sorted { $0.description < $1.description })
        var (query, key) = query(Source(alias: nil)) { "\($0) = ANY(\(keys))" }
        query = refine(query)
        try query.check(site)
        if !limited { (query.parts.limit, query.parts.offset) = (nil, nil) }
        var (targets, owning) = try database.query(query.sql(with: key), site) { result in
            try Self.read(result, query, key: found.column)
        }
        try query.load(for: &targets, database, site)
        for (target, value) in zip(targets, owning) { found.rows[value, default: []].append(target) }
        return found
    }

    private static func read(
        _ result: QueryResult, _ query: Query<Target>, key: any AnyColumn<Owner>
    ) throws -> ([Target], [SQLValue]) {
        var (targets, keys): ([Target], [SQLValue]) = ([], [])
        var reader = RecordReader(result)
        for row in 0..<result.count {
            reader.start(row)
            // The owner's key stands in front, since a refined query may have columns behind its own.
            keys.append(try key.read(&reader))
            var target = try reader.record(Target.self)
            for extra in query.extras { try extra.read(&target, &reader) }
            targets.append(target)
        }
        return (targets, keys)
    }
}

extension Query {
    /// The SELECT with one more column in front. A limit counts for each value of it.
    fileprivate func sql(with key: SQL) -> SQL {
        let lists = [source.selectList] + extras.map(\.columns)
        guard parts.limit != nil || parts.offset != nil else { return parts.select(.joined([key] + lists)) }
        let names = (0..<columnCount).map { SQL.identifier("c\($0)") }
        let ranked = ranked(key, named: names)
        let first = parts.offset ?? 0
        let last = parts.limit.map { $0.addingReportingOverflow(first).partialValue } ?? Int.max
        return """
            SELECT \(SQL.joined(names)) FROM (\(ranked)) AS "ranked"("rank", \(SQL.joined(names)))
            WHERE "rank" > \(first) AND "rank" <= \(last) ORDER BY "rank"
            """
    }

    /// The rows with their rank among those with the same key.
    private func ranked(_ key: SQL, named names: [SQL]) -> SQL {
        var parts = parts
        (parts.limit, parts.offset, parts.orders) = (nil, nil, [])
        let order = self.parts.orders.isEmpty ? SQL() : " ORDER BY \(SQL.joined(self.parts.orders.map(\.sql)))"
        let rank: SQL = "row_number() OVER (PARTITION BY \(key)\(order))"
        return parts.select(.joined([rank, key, source.selectList] + extras.map(\.columns)))
    }

    private var columnCount: Int {
        1 + R.table.columnCount + extras.reduce(0) { $0 + $1.count }
    }
}
