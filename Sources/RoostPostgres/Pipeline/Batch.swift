/// A result of a batch that is still to come; `batch` hands its value back.
public struct Pending<Value> {
    /// Makes the value once the results are there, one for each statement.
    let resolve: ([QueryResult]) throws -> Value
}

/// Statements that go to the server together: see ``Connection/batch(file:line:function:_:)``.
public struct Batch {
    /// One statement with the place where it was added.
    struct Item {
        let sql: SQL
        let site: CallSite
    }

    final class Items {
        var list: [Item] = []
    }

    let items = Items()

    /// Adds a statement whose rows become tuples of their columns.
    public func rows<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) -> Pending<[(repeat each Column)]> {
        add(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).decoded { try $0.tuple(as: type) }
        }
    }

    /// Adds a statement whose rows become a type that reads its columns itself.
    public func rows<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) -> Pending<[Value]> {
        add(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).decoded { try Value(row: $0) }
        }
    }

    /// Adds a statement whose rows become a Codable type, columns by name.
    @_disfavoredOverload
    public func rows<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) -> Pending<[Value]> {
        add(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).decoded { try $0.decoded(as: type) }
        }
    }

    /// Adds a statement whose first row becomes a tuple, nil when there is none.
    public func first<each Column: ColumnDecodable>(
        _ sql: SQL, as type: (repeat each Column).Type, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) -> Pending<(repeat each Column)?> {
        add(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).first.map { try $0.tuple(as: type) }
        }
    }

    /// Adds a statement whose first row becomes a type that reads its columns itself, nil when there is none.
    public func first<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) -> Pending<Value?> {
        add(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).first.map { try Value(row: $0) }
        }
    }

    /// Adds a statement whose first row becomes a Codable type, nil when there is none.
    @_disfavoredOverload
    public func first<Value: Decodable>(
        _ sql: SQL, as type: Value.Type, file: String = #fileID, line: Int = #line, function: String = #function
    ) -> Pending<Value?> {
        add(sql, CallSite(file: file, line: line, function: function)) { result in
            try Rows(result: result).first.map { try $0.decoded(as: type) }
        }
    }

    /// Adds a statement whose only row has the value in its first column.
    public func value<Value: ColumnDecodable>(
        _ sql: SQL, as type: Value.Type = Value.self, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) -> Pending<Value> {
        add(sql, CallSite(file: file, line: line, function: function)) { try $0.onlyRow().decode(0, as: type) }
    }

    /// Adds a SELECT of which only matters whether it finds a row.
    public func exists(
        _ sql: SQL, file: String = #fileID, line: Int = #line, function: String = #function
    ) -> Pending<Bool> {
        value("SELECT EXISTS (\(sql))", file: file, line: line, function: function)
    }

    /// Adds a statement for its effect; its value is the number of rows inserted, changed or deleted.
    @discardableResult
    public func execute(
        _ sql: SQL, file: String = #fileID, line: Int = #line, function: String = #function
    ) -> Pending<Int> {
        add(sql, CallSite(file: file, line: line, function: function)) { $0.affectedRows }
    }

    private func add<Value>(
        _ sql: SQL, _ site: CallSite, _ decode: @escaping (QueryResult) throws -> Value
    ) -> Pending<Value> {
        let index = items.list.count
        items.list.append(Item(sql: sql, site: site))
        return Pending { try decode($0[index]) }
    }
}
