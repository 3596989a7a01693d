/// A row of one table as a Codable struct, with every column a typed key.
///
///     struct Post: Record, Identifiable {
///         var id: Int
///         var body: String
///         var authorID: Int
///         var author = Related<User>()
///
///         struct Fields: RecordFields {
///             let id = Column(\Post.id, .generated)
///             let body = Column(\Post.body)
///             let authorID = Column(\Post.authorID)                 // author_id
///             let author = BelongsTo(\Post.author, \Post.authorID)
///         }
///         static let table = Table<Post>("posts")
///     }
///
///     let posts = try Post.query.where { $0.authorID == user.id }.order(\.id.descending).all(in: database)
///
/// The compiler knows the columns and their types: a misspelt column, or a comparison with another type, is no query.
public protocol Record: Codable, JoinPart where Part == Self {
    /// The record's columns and associations.
    associatedtype Fields: RecordFields

    /// The table the rows live in.
    static var table: Table<Self> { get }

    /// Makes a record from its columns, in the order in which `Fields` declares them.
    ///
    /// The default goes through Codable. A type that is read often may read its columns itself, which is about twice
    /// as fast: `id = try row.next()`, one after the other.
    /// - Throws: ``QueryError`` of code `decoding`.
    init(row: inout RecordReader) throws
}

/// What a record's `Fields` is: one constant for each column and each association.
public protocol RecordFields: Sendable {
    init()
}

/// A constant of a record's `Fields`: a ``Column``, or an association.
public protocol RecordField<Owner>: Sendable {
    associatedtype Owner: Record
    /// What `$0.field` is inside a query's closure.
    associatedtype Reference

    /// The field as part of a query that reads its owner under `source`'s name.
    func reference(in source: Source<Owner>) -> Reference
}

extension Record {
    public init(row: inout RecordReader) throws {
        self = try row.decode(Self.self)
    }

    /// All rows of the table, to be narrowed down.
    public static var query: Query<Self> { Query(source: Source(alias: nil)) }

    /// All rows of the table under another name, for joins of a table with itself and for subqueries on it.
    public static func query(as alias: String) -> Query<Self> { Query(source: Source(alias: alias)) }
}
