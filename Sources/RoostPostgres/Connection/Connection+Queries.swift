extension Connection {
    /// All rows, as views to read columns from.
    public func rows(_ sql: SQL, file: String = #fileID, line: Int = #line, function: String = #function) throws -> Rows
    {
        try query(sql, CallSite(file: file, line: line, function: function)) { Rows(result: $0) }
    }

    /// All rows as tuples of their columns in order: `as: (Int, String?).self`.
    ///
    /// - Throws: ``QueryError`` when the statement fails or a column does not fit.
    public func rows<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) throws -> [(repeat each Column)] {
        try query(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).decoded { try $0.tuple(as: type) }
        }
    }

    /// All rows as a type that reads its columns itself.
    public func rows<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> [Value] {
        try query(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).decoded { try Value(row: $0) }
        }
    }

    /// All rows as a Codable type, columns by name.
    @_disfavoredOverload
    public func rows<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> [Value] {
        try query(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).decoded { try $0.decoded(as: type) }
        }
    }

    /// The first row, nil when there is none.
    public func first(_ sql: SQL, file: String = #fileID, line: Int = #line, function: String = #function) throws
        -> Row?
    {
        try query(sql, CallSite(file: file, line: line, function: function)) { Rows(result: $0).first }
    }

    /// The first row as a tuple, nil when there is none.
    public func first<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) throws -> (repeat each Column)? {
        try query(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).first.map { try $0.tuple(as: type) }
        }
    }

    /// The first row as a type that reads its columns itself, nil when there is none.
    public func first<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> Value? {
        try query(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).first.map { try Value(row: $0) }
        }
    }

    /// The first row as a Codable type, nil when there is none.
    @_disfavoredOverload
    public func first<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> Value? {
        try query(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).first.map { try $0.decoded(as: type) }
        }
    }

    /// The only row as a tuple.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) throws -> (repeat each Column) {
        try query(sql, CallSite(file: file, line: line, function: function)) { try $0.onlyRow().tuple(as: type) }
    }

    /// The only row as a type that reads its columns itself.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func one<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> Value {
        try query(sql, CallSite(file: file, line: line, function: function)) { try Value(row: $0.onlyRow()) }
    }

    /// The only row as a Codable type.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    @_disfavoredOverload
    public func one<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> Value {
        try query(sql, CallSite(file: file, line: line, function: function)) { try $0.onlyRow().decoded(as: type) }
    }

    /// The first column of the only row: `let count: Int = try db.value("SELECT count(*) FROM users")`.
    ///
    /// - Throws: ``QueryError`` of code `noRows` or `tooManyRows`.
    public func value<Value: ColumnDecodable>(
        _ sql: SQL, as type: Value.Type = Value.self, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) throws -> Value {
        try query(sql, CallSite(file: file, line: line, function: function)) { try $0.onlyRow().decode(0, as: type) }
    }

    /// Whether a SELECT finds any row; the server stops at the first.
    public func exists(_ sql: SQL, file: String = #fileID, line: Int = #line, function: String = #function) throws
        -> Bool
    {
        try value("SELECT EXISTS (\(sql))", file: file, line: line, function: function)
    }

    /// Runs a statement for its effect.
    ///
    /// - Returns: the number of rows inserted, changed or deleted.
    @discardableResult
    public func execute(_ sql: SQL, file: String = #fileID, line: Int = #line, function: String = #function) throws
        -> Int
    {
        try query(sql, CallSite(file: file, line: line, function: function)) { $0.affectedRows }
    }
}
