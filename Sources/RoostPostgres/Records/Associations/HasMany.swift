/// The records that refer to this one: a post's comments.
///
///     let comments = HasMany(\Post.comments, \Comment.postID)
public struct HasMany<Owner: Record, Target: Record>: Association {
    let property: any WritableKeyPath<Owner, Related<[Target]>> & Sendable
    let link: Link<Owner, Target>

    /// - Parameters:
    ///   - property: Where the records are put.
    ///   - foreignKey: The other record's property that refers to this one.
    ///   - key: What it refers to; this table's key by default.
    public init(
        _ property: any WritableKeyPath<Owner, Related<[Target]>> & Sendable,
        _ foreignKey: any PartialKeyPath<Target> & Sendable,
        references key: (any PartialKeyPath<Owner> & Sendable)? = nil
    ) {
        self.property = property
        link = Link(path: key, route: .direct(foreignKey))
    }

    public func reference(in source: Source<Owner>) -> Query<Target> { link.correlated(source) }
    public func query(of record: Owner) -> Query<Target> { link.query(of: record) }

    public func loader(_ refine: @escaping @Sendable (Query<Target>) -> Query<Target>) -> Loader<Owner> {
        link.listLoader(property, refine)
    }
}

/// Records of another table that a third table links to this one's: the users that a user follows.
///
///     let followed = ManyToMany(\User.followed, through: \Follow.followerID, \Follow.followedID)
///     let tags = ManyToMany(\Post.tags, through: "post_tags", "post_id", "tag_id")
///
/// The columns of the table between are read by an association with its record: a `HasMany` of `Follow`, including the
/// `BelongsTo` of the followed user.
public struct ManyToMany<Owner: Record, Target: Record>: Association {
    let property: any WritableKeyPath<Owner, Related<[Target]>> & Sendable
    let link: Link<Owner, Target>

    /// - Parameters:
    ///   - property: Where the records are put.
    ///   - ownKey: The linking record's property that refers to this record's key.
    ///   - otherKey: The linking record's property that refers to the other record's key.
    public init<Between: Record>(
        _ property: any WritableKeyPath<Owner, Related<[Target]>> & Sendable,
        through ownKey: any PartialKeyPath<Between> & Sendable, _ otherKey: any PartialKeyPath<Between> & Sendable
    ) {
        self.property = property
        link = Link(
            path: nil,
            route: .through(
                LinkTable(
                    name: Between.table.name, sql: Between.table.sql,
                    sourceColumn: { Between.table.columnName(ownKey) },
                    targetColumn: { Between.table.columnName(otherKey) })))
    }

    /// - Parameters:
    ///   - property: Where the records are put.
    ///   - table: The linking table, which has no record of its own.
    ///   - ownKey: Its column that refers to this record's key.
    ///   - otherKey: Its column that refers to the other record's key.
    public init(
        _ property: any WritableKeyPath<Owner, Related<[Target]>> & Sendable, through table: String, _ ownKey: String,
        _ otherKey: String
    ) {
        self.property = property
        link = Link(
            path: nil,
            route: .through(
                LinkTable(
                    name: table, sql: .identifier(table), sourceColumn: { ownKey }, targetColumn: { otherKey })))
    }

    public func reference(in source: Source<Owner>) -> Query<Target> { link.correlated(source) }
    public func query(of record: Owner) -> Query<Target> { link.query(of: record) }

    public func loader(_ refine: @escaping @Sendable (Query<Target>) -> Query<Target>) -> Loader<Owner> {
        link.listLoader(property, refine)
    }
}

extension Link {
    func listLoader(
        _ property: any WritableKeyPath<Owner, Related<[Target]>> & Sendable,
        _ refine: @escaping @Sendable (Query<Target>) -> Query<Target>
    ) -> Loader<Owner> {
        Loader { owners, database, site in
            let found = try fetch(for: owners, refine, limited: true, database, site)
            for index in owners.indices {
                owners[index][keyPath: property] = Related(found.rows(of: owners[index]))
            }
        }
    }
}
