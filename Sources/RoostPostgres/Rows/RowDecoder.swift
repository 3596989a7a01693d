/// Makes Codable values from rows: the keys are columns, `authorID` finds `authorID`, `author_id` or `authorid`.
struct RowDecoder: Decoder {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer<Key>(row: row))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw refusal("a row is read by column names, not as a list")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw refusal("a row is read by column names, not as one value")
    }

    private func refusal(_ reason: String) -> QueryError {
        QueryError(code: .decoding, message: reason, statement: row.result.statement, site: row.result.site)
    }
}

/// The columns of a row under the keys of a Codable type.
struct RowContainer<Key: CodingKey>: ColumnContainer {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { row.columnNames.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool {
        row.result.column(forKey: key.stringValue) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        guard let column = row.result.column(forKey: key.stringValue) else { return true }
        return row.result.cell(row.index, column).bytes == nil
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        guard let column = row.result.column(forKey: key.stringValue) else {
            throw QueryError.missingColumn(key.stringValue, in: row.result, expected: "\(type)")
        }
        return try CellDecoder(row: row, column: column).decode(type)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let column = row.result.column(forKey: key.stringValue), row.result.cell(row.index, column).bytes != nil
        else { return nil }
        return try CellDecoder(row: row, column: column).decode(type)
    }

    func column<Value: ColumnDecodable>(_ key: Key, as type: Value.Type) throws -> Value {
        guard let column = row.result.column(forKey: key.stringValue) else {
            throw QueryError.missingColumn(key.stringValue, in: row.result, expected: "\(type)")
        }
        return try row.decode(column, as: type)
    }

    /// An optional property may also have no column at all.
    func optional<Value: ColumnDecodable>(_ key: Key, as type: Value.Type) throws -> Value? {
        guard let column = row.result.column(forKey: key.stringValue) else { return nil }
        return try row.decode(column, as: Value?.self)
    }

    func superDecoder() throws -> any Decoder { RowDecoder(row: row) }
    func superDecoder(forKey key: Key) throws -> any Decoder { RowDecoder(row: row) }

    func nesting(_ key: Key) -> QueryError {
        QueryError(
            code: .decoding,
            message: "column \(key.stringValue) holds one value; nested containers are for json columns",
            statement: row.result.statement, site: row.result.site)
    }
}

extension QueryResult {
    /// The column for a Codable key, found once and remembered for the following rows.
    func column(forKey key: String) -> Int? {
        for step in 0..<codingKeys.count {
            var candidate = codingHint + step
            if candidate >= codingKeys.count { candidate -= codingKeys.count }
            if codingKeys[candidate].name == key {
                codingHint = candidate + 1 == codingKeys.count ? 0 : candidate + 1
                return codingKeys[candidate].column
            }
        }
        let column = column(named: key) ?? column(named: SnakeCase.from(key)) ?? column(named: key.lowercased())
        codingKeys.append((key, column))
        return column
    }
}
