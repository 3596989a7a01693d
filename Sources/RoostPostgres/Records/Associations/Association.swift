/// A field that is fetched for many rows at once: an association or a count.
public protocol Loadable: RecordField {
    /// What fetches the field for a page of rows.
    func loader() -> Loader<Owner>
}

/// A field that leads to rows of another table.
public protocol Association: Loadable where Reference == Query<Target> {
    associatedtype Target: Record

    /// What fetches the rows for a page of owners.
    /// - Parameter refine: Narrows down, sorts, or includes more.
    func loader(_ refine: @escaping @Sendable (Query<Target>) -> Query<Target>) -> Loader<Owner>

    /// The rows that belong to one record.
    func query(of record: Owner) -> Query<Target>
}

extension Association {
    public func loader() -> Loader<Owner> { loader { $0 } }
}

/// Fetches a field for many records, with a number of statements that does not depend on theirs.
public struct Loader<R: Record>: Sendable {
    let load: @Sendable (inout [R], Connection, CallSite) throws -> Void
}

/// Columns of a query beyond the table's own.
struct RowExtra<R: Record>: Sendable {
    let columns: SQL
    let count: Int
    let read: @Sendable (inout R, inout RecordReader) throws -> Void
}

extension Query {
    /// Fetches associations and counts along: one statement for each, however many rows there are.
    ///
    ///     let posts = try Post.query.including(\.author, \.commentCount).all(in: database)
    public func including<each Field: Loadable>(_ fields: repeat KeyPath<R.Fields, each Field>) -> Query<R> {
        with {
            for path in repeat each fields { $0.include(R.table.fields[keyPath: path]) }
        }
    }

    /// Swift cannot say yet that all fields of a pack have the same owner.
    private mutating func include(_ field: some Loadable) {
        if let loader = field.loader() as? Loader<R> {
            loaders.append(loader)
        } else {
            parts.problem = "\(R.self).Fields has a \(type(of: field)), which belongs to another record"
        }
    }

    /// Fetches an association along, narrowed down, sorted or with associations of its own:
    /// `.including(\.comments) { $0.order(\.timestamp.ascending).including(\.author) }`.
    ///
    /// A limit counts for each row of this query, not for all together.
    public func including<Field: Association>(
        _ field: KeyPath<R.Fields, Field>, _ refine: @escaping @Sendable (Query<Field.Target>) -> Query<Field.Target>
    ) -> Query<R> where Field.Owner == R {
        with { $0.loaders.append(R.table.fields[keyPath: field].loader(refine)) }
    }
}

extension Record {
    /// The rows of an association of this record, to be narrowed down: `user.query(\.posts).limit(5).all(in: database)`.
    public func query<Field: Association>(_ field: KeyPath<Fields, Field>) -> Query<Field.Target>
    where Field.Owner == Self {
        Self.table.fields[keyPath: field].query(of: self)
    }

    /// Fetches associations and counts for this record: `try post.load(\.author, in: database)`.
    public mutating func load<each Field: Loadable>(
        _ fields: repeat KeyPath<Fields, each Field>, in database: Connection, file: String = #fileID, line: Int = #line
    ) throws {
        var records = [self]
        try Self.query.including(repeat each fields)
            .load(for: &records, database, CallSite(file: file, line: line))
        self = records[0]
    }
}
