/// The number of another table's rows that refer to a record: a post's comments, counted.
///
///     let commentCount = RowCount(\Post.commentCount, of: \Comment.postID)
///
/// In a query `$0.commentCount` is the number as an expression, to filter and sort by.
public struct RowCount<Owner: Record, Target: Record>: Loadable {
    let property: any WritableKeyPath<Owner, Related<Int>> & Sendable
    let link: Link<Owner, Target>
    let condition: (@Sendable (Source<Target>) -> Condition)?

    /// - Parameters:
    ///   - property: Where the number is put.
    ///   - foreignKey: The other record's property that refers to this one.
    ///   - key: What it refers to; this table's key by default.
    ///   - condition: Which rows count; all by default.
    public init(
        _ property: any WritableKeyPath<Owner, Related<Int>> & Sendable,
        of foreignKey: any PartialKeyPath<Target> & Sendable,
        references key: (any PartialKeyPath<Owner> & Sendable)? = nil,
        where condition: (@Sendable (Source<Target>) -> Condition)? = nil
    ) {
        self.property = property
        self.condition = condition
        link = Link(path: key, route: .direct(foreignKey))
    }

    public func reference(in source: Source<Owner>) -> SQLExpression<Int> {
        let query = link.correlated(source)
        return (condition.map(query.where) ?? query).count
    }

    public func loader() -> Loader<Owner> {
        let (link, property, condition) = (link, property, condition)
        return Loader { owners, database, site in
            let counts = try link.counts(for: owners, condition, database, site)
            let column = try link.ownerColumn(site)
            for index in owners.indices {
                owners[index][keyPath: property] = Related(counts[column.value(of: owners[index])] ?? 0)
            }
        }
    }
}

extension Link {
    /// The number of rows for each owner's value, with one statement; values without a row are missing.
    fileprivate func counts(
        for owners: [Owner], _ condition: ((Source<Target>) -> Condition)?, _ database: Connection, _ site: CallSite
    ) throws -> [SQLValue: Int] {
        let column = try ownerColumn(site)
        let values = Set(owners.map { column.value(of: $0) }).subtracting([.null])
        guard !values.isEmpty else { return [:] }
        let keys = SQLValue.array(Array(values).sorted { $0.description < $1.description })
        var (query, key) = query(Source(alias: nil)) { "\($0) = ANY(\(keys))" }
        if let condition { query = query.where(condition) }
        query.parts.groups = [key]
        try query.check(site)
        return try database.query(query.parts.select("\(key), count(*)"), site) { result in
            var counts: [SQLValue: Int] = [:]
            var reader = RecordReader(result)
            for row in 0..<result.count {
                reader.start(row)
                counts[try column.read(&reader)] = try reader.next(Int.self)
            }
            return counts
        }
    }
}

extension Query {
    /// Fetches a count in the same statement, as a subquery for each row: for pages, not for whole tables.
    public func counting<Target>(_ field: KeyPath<R.Fields, RowCount<R, Target>>) -> Query<R> {
        let field = R.table.fields[keyPath: field]
        let property = PropertyPlace(field.property)
        return with {
            $0.extras.append(
                RowExtra(columns: field.reference(in: source).sql, count: 1) { record, reader in
                    property.set(Related(try reader.next(Int.self)), in: &record)
                })
        }
    }
}
