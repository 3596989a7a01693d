/// The one record that a column of this one refers to: a post's author.
///
///     let author = BelongsTo(\Post.author, \Post.authorID)
public struct BelongsTo<Owner: Record, Target: Record>: ToOne {
    public let property: any WritableKeyPath<Owner, Related<Target>> & Sendable
    let link: Link<Owner, Target>

    /// - Parameters:
    ///   - property: Where the record is put.
    ///   - key: The property with the foreign key.
    ///   - target: What it refers to; the other table's key by default.
    public init(
        _ property: any WritableKeyPath<Owner, Related<Target>> & Sendable,
        _ key: any PartialKeyPath<Owner> & Sendable, references target: (any PartialKeyPath<Target> & Sendable)? = nil
    ) {
        self.property = property
        link = Link(path: key, route: .direct(target))
    }

    public func reference(in source: Source<Owner>) -> Query<Target> { link.correlated(source) }
    public func query(of record: Owner) -> Query<Target> { link.query(of: record) }
    public func joinCondition(_ owner: Source<Owner>, _ target: Source<Target>) -> Condition {
        link.condition(owner, target)
    }

    public func loader(_ refine: @escaping @Sendable (Query<Target>) -> Query<Target>) -> Loader<Owner> {
        link.loader(into: property, limited: false, refine)
    }
}

/// The one record that refers to this one: a user's settings.
///
///     let settings = HasOne(\User.settings, \UserSettings.userID)
public struct HasOne<Owner: Record, Target: Record>: ToOne {
    public let property: any WritableKeyPath<Owner, Related<Target>> & Sendable
    let link: Link<Owner, Target>

    /// - Parameters:
    ///   - property: Where the record is put.
    ///   - foreignKey: The other record's property that refers to this one; it should be unique.
    ///   - key: What it refers to; this table's key by default.
    public init(
        _ property: any WritableKeyPath<Owner, Related<Target>> & Sendable,
        _ foreignKey: any PartialKeyPath<Target> & Sendable,
        references key: (any PartialKeyPath<Owner> & Sendable)? = nil
    ) {
        self.property = property
        link = Link(path: key, route: .direct(foreignKey))
    }

    public func reference(in source: Source<Owner>) -> Query<Target> { link.correlated(source) }
    public func query(of record: Owner) -> Query<Target> { link.query(of: record) }
    public func joinCondition(_ owner: Source<Owner>, _ target: Source<Target>) -> Condition {
        link.condition(owner, target)
    }

    public func loader(_ refine: @escaping @Sendable (Query<Target>) -> Query<Target>) -> Loader<Owner> {
        link.loader(into: property, limited: true, refine)
    }
}
