/// A table that a join reads: `User`, or `User?` on the side of a left or right join that may have no row.
public protocol JoinPart: Sendable {
    associatedtype Part: Record

    /// Reads the table's columns.
    static func read(_ reader: inout RecordReader) throws -> Self
}

extension Record {
    /// Reads the record's columns.
    public static func read(_ reader: inout RecordReader) throws -> Self { try reader.record(Self.self) }
}

extension Optional: JoinPart where Wrapped: Record {
    public typealias Part = Wrapped

    /// A row that is not there has NULL in all columns, its key's included.
    public static func read(_ reader: inout RecordReader) throws -> Wrapped? {
        let count = Wrapped.table.columnCount
        let isAbsent = (0..<count).allSatisfy { reader.isNull(ahead: $0) }
        guard isAbsent else { return try reader.record(Wrapped.self) }
        reader.skip(count)
        return nil
    }
}

/// Rows of several tables side by side.
///
///     let lines = try Post.query
///         .join(User.self) { post, user in user.id == post.authorID }
///         .where { post, user in user.username == "susan" }
///         .all(in: database)                                         // [(Post, User)]
///
/// `Sources` is the tuple of tables that the closures take, `Output` the tuple of records that a row gives.
public struct Join<Sources: Sendable, Output>: Sendable {
    /// The tables, to name their columns outside a closure.
    public let sources: Sources
    var parts: SelectParts
    let columns: [SQL]
    /// Why one of the records' declarations cannot be used.
    let problem: String?
    let read: @Sendable (inout RecordReader) throws -> Output

    /// The statement with its parameters.
    public var sql: SQL { parts.select(.joined(columns)) }

    func with(_ change: (inout SelectParts) -> Void) -> Join {
        var copy = self
        change(&copy.parts)
        return copy
    }
}

/// How a join treats rows without a partner.
enum JoinKind: String {
    case inner = " JOIN "
    case left = " LEFT JOIN "
    case right = " RIGHT JOIN "
}

extension SelectParts {
    mutating func join(_ kind: JoinKind, _ table: SQL, name: String, on condition: SQL) {
        from += SQL.unsafe(kind.rawValue) + table + " ON " + condition
        names.append(name)
    }

    /// A source for a table that is about to join, under a name that is free.
    func source<Other: Record>(_ other: Other.Type, as alias: String?) -> Source<Other> {
        let name = alias ?? freeName(Other.table.name)
        return Source<Other>(alias: name == Other.table.name ? nil : name, depth: 1)
    }
}

extension Query {
    /// The rows together with those of another table that match.
    ///
    /// - Parameters:
    ///   - other: The other table's record.
    ///   - alias: Another name for it. A table that is there already gets a number behind its name otherwise.
    ///   - condition: When two rows match.
    public func join<Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (Source<R>, Source<Other>) -> Condition
    ) -> Join<(Source<R>, Source<Other>), (R, Other)> {
        joined(.inner, alias, condition) { (try R.read(&$0), try Other.read(&$0)) }
    }

    /// All rows, each with the other table's rows that match or with nil.
    public func leftJoin<Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (Source<R>, Source<Other>) -> Condition
    ) -> Join<(Source<R>, Source<Other>), (R, Other?)> {
        joined(.left, alias, condition) { (try R.read(&$0), try Other?.read(&$0)) }
    }

    /// All rows of the other table, each with those of this query that match or with nil.
    public func rightJoin<Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (Source<R>, Source<Other>) -> Condition
    ) -> Join<(Source<R>, Source<Other>), (R?, Other)> {
        joined(.right, alias, condition) { (try R?.read(&$0), try Other.read(&$0)) }
    }

    private func joined<Other: Record, Output>(
        _ kind: JoinKind, _ alias: String?, _ condition: (Source<R>, Source<Other>) -> Condition,
        _ read: @escaping @Sendable (inout RecordReader) throws -> Output
    ) -> Join<(Source<R>, Source<Other>), Output> {
        var (parts, source) = (parts, source)
        source.depth = Swift.max(source.depth, 1)
        let target = parts.source(Other.self, as: alias)
        parts.join(kind, target.declaration, name: target.name, on: condition(source, target).sql)
        return Join(
            sources: (source, target), parts: parts, columns: [source.selectList, target.selectList],
            problem: R.table.problem ?? Other.table.problem, read: read)
    }
}
