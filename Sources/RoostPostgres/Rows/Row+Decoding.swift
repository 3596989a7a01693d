extension QueryResult {
    /// The result's row.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    func onlyRow() throws -> Row {
        if count == 1 { return Row(result: self, index: 0) }
        throw QueryError(
            code: count == 0 ? .noRows : .tooManyRows, message: "expected one row, found \(count)",
            statement: statement, site: site)
    }
}

extension Row {
    /// The columns in order as a tuple.
    ///
    ///     let (id, name) = try row.tuple(as: (Int, String).self)
    public func tuple<each Column: ColumnDecodable>(as type: (repeat each Column).Type) throws -> (repeat each Column) {
        var position = 0
        func next<Value: ColumnDecodable>(_ type: Value.Type) throws -> Value {
            defer { position += 1 }
            return try decode(position, as: type)
        }
        return (repeat try next((each Column).self))
    }

    /// The columns by name as a Codable type.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try Value(from: RowDecoder(row: self))
    }
}

extension Rows {
    /// Every row through `make`.
    func decoded<Value>(_ make: (Row) throws -> Value) throws -> [Value] {
        var out: [Value] = []
        out.reserveCapacity(count)
        for index in 0..<count { out.append(try make(Row(result: result, index: index))) }
        return out
    }
}
