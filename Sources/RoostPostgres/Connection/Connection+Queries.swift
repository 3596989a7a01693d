extension Connection {
    /// All rows, as views to read columns from.
    public func rows(_ sql: SQL, file: String = #fileID, line: Int = #line) throws -> Rows {
        try query(sql, CallSite(file: file, line: line)) { Rows(result: $0) }
    }

    /// All rows as tuples of their columns in order: `as: (Int, String?).self`.
    ///
    /// - Throws: ``QueryError`` when the statement fails or a column does not fit.
    public func rows<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line
    ) throws -> [(repeat each Column)] {
        try query(sql, CallSite(file: file, line: line)) { result in
            try decode(Rows(result: result)) { try tuple($0, as: type) }
        }
    }

    /// All rows as a type that reads its columns itself.
    public func rows<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line
    ) throws -> [Value] {
        try query(sql, CallSite(file: file, line: line)) { result in
            try decode(Rows(result: result)) { try Value(row: $0) }
        }
    }

    /// All rows as a Codable type, columns by name.
    @_disfavoredOverload
    public func rows<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line
    ) throws -> [Value] {
        try query(sql, CallSite(file: file, line: line)) { result in
            try decode(Rows(result: result)) { try Value(from: RowDecoder(row: $0)) }
        }
    }

    /// The first row, nil when there is none.
    public func first(_ sql: SQL, file: String = #fileID, line: Int = #line) throws -> Row? {
        try query(sql, CallSite(file: file, line: line)) { Rows(result: $0).first }
    }

    /// The first row as a tuple, nil when there is none.
    public func first<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line
    ) throws -> (repeat each Column)? {
        try query(sql, CallSite(file: file, line: line)) { result in
            try Rows(result: result).first.map { try tuple($0, as: type) }
        }
    }

    /// The first row as a type that reads its columns itself, nil when there is none.
    public func first<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line
    ) throws -> Value? {
        try query(sql, CallSite(file: file, line: line)) { result in
            try Rows(result: result).first.map { try Value(row: $0) }
        }
    }

    /// The first row as a Codable type, nil when there is none.
    @_disfavoredOverload
    public func first<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line
    ) throws -> Value? {
        try query(sql, CallSite(file: file, line: line)) { result in
            try Rows(result: result).first.map { try Value(from: RowDecoder(row: $0)) }
        }
    }

    /// The only row as a tuple.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line
    ) throws -> (repeat each Column) {
        try query(sql, CallSite(file: file, line: line)) { try tuple(onlyRow(of: $0), as: type) }
    }

    /// The only row as a type that reads its columns itself.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line
    ) throws -> Value {
        try query(sql, CallSite(file: file, line: line)) { try Value(row: onlyRow(of: $0)) }
    }

    /// The only row as a Codable type.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    @_disfavoredOverload
    public func one<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line
    ) throws -> Value {
        try query(sql, CallSite(file: file, line: line)) { try Value(from: RowDecoder(row: onlyRow(of: $0))) }
    }

    /// The first column of the only row: `let count: Int = try db.value("SELECT count(*) FROM users")`.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func value<Value: ColumnDecodable>(
        _ sql: SQL, as type: Value.Type = Value.self, file: String = #fileID, line: Int = #line
    ) throws -> Value {
        try query(sql, CallSite(file: file, line: line)) { try onlyRow(of: $0).decode(0, as: type) }
    }

    /// Whether a SELECT finds any row; the server stops at the first.
    public func exists(_ sql: SQL, file: String = #fileID, line: Int = #line) throws -> Bool {
        try value("SELECT EXISTS (\(sql))", file: file, line: line)
    }

    /// Runs a statement for its effect.
    ///
    /// - Returns: the number of rows inserted, changed or deleted.
    @discardableResult
    public func execute(_ sql: SQL, file: String = #fileID, line: Int = #line) throws -> Int {
        try query(sql, CallSite(file: file, line: line)) { $0.affectedRows }
    }

    private func onlyRow(of result: QueryResult) throws -> Row {
        if result.count == 1 { return Row(result: result, index: 0) }
        let code: QueryError.Code = result.count == 0 ? .noRows : .tooManyRows
        throw QueryError(
            code: code, message: "expected one row, found \(result.count)", statement: result.statement,
            site: result.site)
    }

    private func decode<Value>(_ rows: Rows, _ make: (Row) throws -> Value) throws -> [Value] {
        var out: [Value] = []
        out.reserveCapacity(rows.count)
        for index in 0..<rows.count { out.append(try make(Row(result: rows.result, index: index))) }
        return out
    }

    private func tuple<each Column: ColumnDecodable>(
        _ row: Row, as type: (repeat each Column).Type
    ) throws -> (repeat each Column) {
        var position = 0
        func next<Value: ColumnDecodable>(_ type: Value.Type) throws -> Value {
            defer { position += 1 }
            return try row.decode(position, as: type)
        }
        return (repeat try next((each Column).self))
    }
}
