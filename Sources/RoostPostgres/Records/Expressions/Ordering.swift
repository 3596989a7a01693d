/// One key of ORDER BY: an expression and a direction.
public struct Ordering: Sendable {
    /// Where NULL stands.
    public enum Nulls: Sendable {
        case first, last
    }

    let sql: SQL

    init(_ sql: SQL) {
        self.sql = sql
    }

    /// A key written by hand: `Ordering("random()")`.
    public static func sql(_ sql: SQL) -> Ordering { Ordering(sql) }

    /// By a labelled column of the selection.
    public static func label(_ name: String, descending: Bool = false) -> Ordering {
        Ordering(descending ? "\(identifier: name) DESC" : "\(identifier: name)")
    }

    /// The same with NULLs at one end; PostgreSQL sorts them as larger than all values otherwise.
    public func nulls(_ place: Nulls) -> Ordering {
        Ordering(sql + (place == .first ? " NULLS FIRST" : " NULLS LAST"))
    }

    public var nullsFirst: Ordering { nulls(.first) }
    public var nullsLast: Ordering { nulls(.last) }
}

extension SQLExpression {
    public var ascending: Ordering { Ordering(within(.operation)) }
    public var descending: Ordering { Ordering(within(.operation) + " DESC") }
}
