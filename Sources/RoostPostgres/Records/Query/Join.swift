/// A table that a join reads: `User`, or `User?` on the side of a left or right join that may have no row.
public protocol JoinPart: Sendable {
    associatedtype Part: Record
    static func read(_ reader: inout RecordReader) throws -> Self
}

extension Record {
    public static func read(_ reader: inout RecordReader) throws -> Self { try reader.record(Self.self) }
}

extension Optional: JoinPart where Wrapped: Record {
    public typealias Part = Wrapped

    /// A row that is not there has NULL in all columns, its key's included.
    public static func read(_ reader: inout RecordReader) throws -> Wrapped? {
        let count = Wrapped.table.columns.count
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
public struct Join<each Table: JoinPart>: Sendable {
    /// The tables, to name their columns outside a closure.
    public let sources: (repeat Source<(each Table).Part>)
    var parts: SelectParts

    /// The statement with its parameters.
    public var sql: SQL {
        var lists: [SQL] = []
        for source in repeat each sources { lists.append(source.selectList) }
        return parts.select(.joined(lists))
    }

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
    ) -> Join<R, Other> {
        let (target, parts) = joined(.inner, alias, condition)
        return Join(sources: (source, target), parts: parts)
    }

    /// All rows, each with the other table's rows that match or with nil.
    public func leftJoin<Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (Source<R>, Source<Other>) -> Condition
    ) -> Join<R, Other?> {
        let (target, parts) = joined(.left, alias, condition)
        return Join(sources: (source, target), parts: parts)
    }

    /// All rows of the other table, each with those of this query that match or with nil.
    public func rightJoin<Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (Source<R>, Source<Other>) -> Condition
    ) -> Join<R?, Other> {
        let (target, parts) = joined(.right, alias, condition)
        return Join(sources: (source, target), parts: parts)
    }

    private func joined<Other: Record>(
        _ kind: JoinKind, _ alias: String?, _ condition: (Source<R>, Source<Other>) -> Condition
    ) -> (Source<Other>, SelectParts) {
        var parts = parts
        let target = parts.source(Other.self, as: alias)
        parts.join(kind, target.declaration, name: target.name, on: condition(source, target).sql)
        return (target, parts)
    }
}

extension SelectParts {
    /// A source for a table that is about to join, under a name that is free.
    func source<Other: Record>(_ other: Other.Type, as alias: String?) -> Source<Other> {
        let name = alias ?? freeName(Other.table.name)
        return Source<Other>(alias: name == Other.table.name ? nil : name)
    }
}

extension Join {
    /// The rows together with those of one more table that match.
    public func join<Other: Record>(
        _ other: Other.Type, as alias: String? = nil,
        on condition: (repeat Source<(each Table).Part>, Source<Other>) -> Condition
    ) -> Join<repeat each Table, Other> {
        var parts = parts
        let target = parts.source(other, as: alias)
        parts.join(
            .inner, target.declaration, name: target.name, on: apply(condition, repeat each sources, target).sql)
        return Join<repeat each Table, Other>(sources: (repeat each sources, target), parts: parts)
    }

    /// All rows, each with the rows of one more table that match or with nil.
    public func leftJoin<Other: Record>(
        _ other: Other.Type, as alias: String? = nil,
        on condition: (repeat Source<(each Table).Part>, Source<Other>) -> Condition
    ) -> Join<repeat each Table, Other?> {
        var parts = parts
        let target = parts.source(other, as: alias)
        parts.join(.left, target.declaration, name: target.name, on: apply(condition, repeat each sources, target).sql)
        return Join<repeat each Table, Other?>(sources: (repeat each sources, target), parts: parts)
    }
}

/// Calls a closure whose parameters begin with a pack, which cannot be called directly.
private func apply<each Argument>(
    _ condition: (repeat each Argument) -> Condition, _ arguments: repeat each Argument
) -> Condition {
    condition(repeat each arguments)
}
