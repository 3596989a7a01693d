/// Reads a row's columns one after the other, in the order in which the record's `Fields` declares them.
///
///     init(row: inout RecordReader) throws {
///         id = try row.next()
///         body = try row.next(ifNull: "")
///     }
public struct RecordReader {
    let result: QueryResult
    private(set) var row = 0
    /// The next column to be read.
    private(set) var column = 0
    private let names = FieldNames()

    init(_ result: QueryResult) {
        self.result = result
    }

    mutating func start(_ row: Int) {
        self.row = row
        column = 0
    }

    /// The next column.
    ///
    /// - Throws: ``QueryError`` of code `decoding` with table, column, expected and found type.
    public mutating func next<Value: ColumnDecodable>(_ type: Value.Type = Value.self) throws -> Value {
        try decoded(type)
    }

    /// The next column, or `value` where it is NULL.
    public mutating func next<Value: ColumnDecodable>(ifNull value: Value) throws -> Value {
        try decoded(ifNull: value)
    }

    @inline(__always)
    mutating func decoded<Value: ColumnDecodable>(ifNull value: Value) throws -> Value {
        guard !isNull(ahead: 0) else {
            column += 1
            return value
        }
        return try decoded(Value.self)
    }

    @inline(__always)
    mutating func decoded<Value: ColumnDecodable>(_ type: Value.Type) throws -> Value {
        let position = column
        guard position < result.layout.types.count else { throw tooFew(type) }
        column = position + 1
        do throws(CellError) {
            return try Value.decode(result.cell(row, position))
        } catch {
            throw QueryError.decoding(error, column: position, of: result, expected: type)
        }
    }

    /// Leaves columns out.
    public mutating func skip(_ count: Int = 1) {
        column += count
    }

    func isNull(ahead offset: Int) -> Bool {
        column + offset < result.layout.types.count && result.cell(row, column + offset).bytes == nil
    }

    /// A record from the next columns; the reader then stands behind its last.
    mutating func record<R: Record>(_ type: R.Type) throws -> R {
        let end = column + R.table.columnCount
        let record = try R(row: &self)
        column = end
        return record
    }

    /// A record through Codable.
    mutating func decode<R: Record>(_ type: R.Type) throws -> R {
        names.use(R.table.labels, R.table.columnNames, of: R.self)
        return try R(from: RecordDecoder(reader: self, names: names))
    }

    private func tooFew<Value>(_ type: Value.Type) -> QueryError {
        QueryError(
            code: .decoding,
            message: "the row has no column number \(column + 1) for \(type); "
                + "init(row:) must read as many columns as Fields declares",
            statement: result.statement, site: result.site)
    }
}

/// The properties' names by position, with a memory of where the last search ended: Codable asks for them in order.
final class FieldNames {
    private(set) var labels: [String] = []
    private(set) var columns: [String] = []
    private(set) var record: Any.Type = Never.self
    private var hint = 0

    func use(_ labels: [String], _ columns: [String], of record: Any.Type) {
        guard record != self.record else { return }
        (self.labels, self.columns, self.record, hint) = (labels, columns, record, 0)
    }

    /// The position of the column for a property's name or, when coding keys were written by hand, a column's.
    func position(of key: String) -> Int? {
        for step in 0..<labels.count {
            var candidate = hint + step
            if candidate >= labels.count { candidate -= labels.count }
            if labels[candidate] == key {
                hint = candidate + 1
                return candidate
            }
        }
        return columns.firstIndex(of: key)
    }
}
