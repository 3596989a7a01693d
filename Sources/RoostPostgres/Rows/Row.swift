/// One row of a result: a light view, valid as long as anyone holds it.
///
///     let name: String = try row["username"]
///     let age = try row.decode("age", as: Int?.self)
public struct Row {
    let result: QueryResult
    let index: Int

    /// The columns' names, in order.
    public var columnNames: [String] { result.layout.names }

    /// The column `name` as the type the context asks for.
    ///
    /// - Throws: ``QueryError`` of code `decoding` when there is no such column, or it has another type, or is NULL.
    public subscript<Value: ColumnDecodable>(name: String) -> Value {
        get throws { try decode(name, as: Value.self) }
    }

    /// The column at `index`, from 0, as the type the context asks for.
    public subscript<Value: ColumnDecodable>(index: Int) -> Value {
        get throws { try decode(index, as: Value.self) }
    }

    /// The column `name` as `type`.
    public func decode<Value: ColumnDecodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        guard let column = result.column(named: name) else { throw missing(name, type) }
        return try decode(column, as: type)
    }

    /// The column at `index`, from 0, as `type`.
    public func decode<Value: ColumnDecodable>(_ index: Int, as type: Value.Type = Value.self) throws -> Value {
        guard result.layout.types.indices.contains(index) else { throw missing("number \(index + 1)", type) }
        do throws(CellError) {
            return try Value.decode(result.cell(self.index, index))
        } catch {
            throw QueryError.decoding(error, column: index, of: result, expected: type)
        }
    }

    /// True when the column `name` is NULL or missing.
    public func isNull(_ name: String) -> Bool {
        guard let column = result.column(named: name) else { return true }
        return result.cell(index, column).bytes == nil
    }

    private func missing<Value: ColumnDecodable>(_ name: String, _ type: Value.Type) -> QueryError {
        .missingColumn(name, in: result, expected: "\(type)")
    }
}

/// A type made from a row by hand: the fast way for types that are read often.
public protocol RowDecodable {
    /// Makes a value from a row, usually one `try row["name"]` for each property.
    init(row: Row) throws
}

/// The rows of one result.
public struct Rows: RandomAccessCollection {
    let result: QueryResult

    public var startIndex: Int { 0 }
    public var endIndex: Int { result.count }
    public var columnNames: [String] { result.layout.names }

    public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < result.count, "row \(position) of \(result.count)")
        return Row(result: result, index: position)
    }
}
