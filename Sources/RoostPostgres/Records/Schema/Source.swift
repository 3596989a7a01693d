/// A table inside a query, under its own name or an alias: `$0` in a query's closures.
///
///     Post.query.where { $0.authorID == 7 }               // "posts"."author_id" = $1
///     Post.query(as: "p").where { $0.authorID == 7 }      // "p"."author_id" = $1
@dynamicMemberLookup
public struct Source<R: Record>: Sendable {
    /// Another name than the table's own.
    let alias: String?
    /// How many queries this one is nested in by way of associations, or 1 beside other tables in a join: keeps the
    /// names of associations' tables apart from those around them.
    var depth = 0

    /// A column as an expression, or an association.
    public subscript<Field: RecordField>(
        dynamicMember path: KeyPath<R.Fields, Field>
    ) -> Field.Reference where Field.Owner == R {
        R.table.fields[keyPath: path].reference(in: self)
    }

    /// The name by which the query's expressions call the table.
    var name: String { alias ?? R.table.name }

    /// The table as FROM names it: `"posts"`, `"posts" AS "p"`.
    var declaration: SQL {
        guard let alias else { return R.table.sql }
        return "\(R.table.sql) AS \(identifier: alias)"
    }

    /// All columns, for a SELECT.
    var selectList: SQL {
        guard alias != nil else { return R.table.selectList }
        return .joined(R.table.columns.indices.map(qualified))
    }

    func qualified(_ column: any AnyColumn) -> SQL {
        qualified(R.table.index(of: column))
    }

    func qualified(_ index: Int) -> SQL {
        guard let alias else { return R.table.qualified[index] }
        return .unsafe(SQL.identifier(alias).text + "." + R.table.quoted[index])
    }
}
