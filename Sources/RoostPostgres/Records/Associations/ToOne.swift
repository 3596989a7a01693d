/// An association with at most one record, which can be fetched in the same statement.
public protocol ToOne: Association {
    /// Where the record is put.
    var property: any WritableKeyPath<Owner, Related<Target>> & Sendable { get }

    /// When a row of the target belongs to a row of the owner.
    func joinCondition(_ owner: Source<Owner>, _ target: Source<Target>) -> Condition
}

extension Query {
    /// Fetches the record of a to-one association in the same statement, by a left join.
    ///
    /// Saves the second statement of `including`; the other record's columns are then sent again for each row.
    public func joining<Field: ToOne>(_ field: KeyPath<R.Fields, Field>) -> Query<R> where Field.Owner == R {
        let field = R.table.fields[keyPath: field]
        return with { query in
            let target = query.parts.source(Field.Target.self, as: nil)
            query.parts.names.append(target.name)
            query.parts.eager +=
                " LEFT JOIN \(target.declaration) ON \(field.joinCondition(query.source, target))"
            let property = PropertyPlace(field.property)
            query.extras.append(
                RowExtra(columns: target.selectList, count: Field.Target.table.columnCount) { record, reader in
                    property.set(Related(loaded: try Field.Target?.read(&reader)), in: &record)
                })
        }
    }

    /// The rows side by side with those of an association: `.join(\.author)` instead of a condition.
    public func join<Field: ToOne>(
        _ field: KeyPath<R.Fields, Field>, as alias: String? = nil
    ) -> Join<(Source<R>, Source<Field.Target>), (R, Field.Target)> where Field.Owner == R {
        let field = R.table.fields[keyPath: field]
        return join(Field.Target.self, as: alias) { field.joinCondition($0, $1) }
    }

    /// All rows, each side by side with that of an association or with nil.
    public func leftJoin<Field: ToOne>(
        _ field: KeyPath<R.Fields, Field>, as alias: String? = nil
    ) -> Join<(Source<R>, Source<Field.Target>), (R, Field.Target?)> where Field.Owner == R {
        let field = R.table.fields[keyPath: field]
        return leftJoin(Field.Target.self, as: alias) { field.joinCondition($0, $1) }
    }
}

extension Link {
    /// The condition of a join without a table between.
    func condition(_ owner: Source<Owner>, _ target: Source<Target>) -> Condition {
        guard case .direct(let other) = route else { return Condition("false", .atom) }
        return Condition("\(target.column(other)) = \(owner.column(path))", .comparison)
    }
}
