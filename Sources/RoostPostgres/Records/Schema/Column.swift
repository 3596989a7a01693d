/// A column of a record's table, tied to the property that holds it: name, type and value in one place.
///
///     let authorID = Column(\Post.authorID)               // author_id
///     let html = Column(\Post.html, "body_html")
public final class Column<Owner: Record, Value: SQLConvertible>: RecordField {
    /// The name written in `Fields`; nil when it follows from the property's.
    let explicitName: String?
    let path: any KeyPath<Owner, Value> & Sendable
    let traits: ColumnTraits

    /// - Parameters:
    ///   - path: The record's property.
    ///   - name: The column's name; by default the property's in snake case, `author_id` for `authorID`.
    ///   - traits: Whether the database makes the value, and whether the column is part of the key.
    public init(_ path: any KeyPath<Owner, Value> & Sendable, _ name: String? = nil, _ traits: ColumnTraits = []) {
        self.path = path
        self.explicitName = name
        self.traits = traits
    }

    /// The same with its name derived from the property's.
    public convenience init(_ path: any KeyPath<Owner, Value> & Sendable, _ traits: ColumnTraits) {
        self.init(path, nil, traits)
    }

    public func reference(in source: Source<Owner>) -> SQLExpression<Value> {
        SQLExpression(source.qualified(self), .atom)
    }
}

/// What is special about a column.
public struct ColumnTraits: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The database makes the value (`serial`, an identity, a default): inserting a record leaves the column out.
    public static let generated = ColumnTraits(rawValue: 1)
    /// Part of the primary key. Without any such column the one named `id` is the key.
    public static let key = ColumnTraits(rawValue: 2)
}

/// A column whose value type is not known.
protocol AnyColumn<Owner>: AnyObject, Sendable {
    associatedtype Owner: Record
    var explicitName: String? { get }
    var traits: ColumnTraits { get }
    /// The record's property.
    var anyPath: AnyKeyPath { get }

    func value(of record: Owner) -> SQLValue
    /// The value in the next column of a row.
    func read(_ reader: inout RecordReader) throws -> SQLValue
}

extension Column: AnyColumn {
    var anyPath: AnyKeyPath { path }

    func value(of record: Owner) -> SQLValue { record[keyPath: path].sqlValue }

    func read(_ reader: inout RecordReader) throws -> SQLValue { try reader.next(Value.self).sqlValue }
}
