/// Makes a record from a row by Codable. Its keys are the properties that `Fields` has columns for.
struct RecordDecoder: Decoder {
    let reader: RecordReader
    let names: FieldNames
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RecordContainer<Key>(reader: reader, names: names))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw refusal("a record is read by its properties' names, not as a list")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw refusal("a record is read by its properties' names, not as one value")
    }

    private func refusal(_ reason: String) -> QueryError {
        QueryError(code: .decoding, message: reason, statement: reader.result.statement, site: reader.result.site)
    }
}

private struct RecordContainer<Key: CodingKey>: ColumnContainer {
    let reader: RecordReader
    let names: FieldNames
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { names.labels.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { names.position(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) -> Bool {
        guard let position = names.position(of: key.stringValue) else { return true }
        return reader.isNull(ahead: position)
    }

    func column<Value: ColumnDecodable>(_ key: Key, as type: Value.Type) throws -> Value {
        guard let position = names.position(of: key.stringValue) else { throw missing(key) }
        var reader = reader
        reader.skip(position)
        return try reader.next(type)
    }

    func optional<Value: ColumnDecodable>(_ key: Key, as type: Value.Type) throws -> Value? {
        guard let position = names.position(of: key.stringValue) else { return nil }
        var reader = reader
        reader.skip(position)
        return try reader.next(Value?.self)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        // The usual type that is not one of Codable's own, without a search for its conformance.
        if type == Timestamp.self, let value = try column(key, as: Timestamp.self) as? Value { return value }
        guard let decodable = type as? any ColumnDecodable.Type else { throw unreadable(key, type) }
        guard let value = try column(key, as: decodable) as? Value else { throw unreadable(key, type) }
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        decodeNil(forKey: key) ? nil : try decode(type, forKey: key)
    }

    func superDecoder() throws -> any Decoder { RecordDecoder(reader: reader, names: names) }
    func superDecoder(forKey key: Key) throws -> any Decoder { RecordDecoder(reader: reader, names: names) }

    private func missing(_ key: Key) -> QueryError {
        failure(
            "\(names.record) has a property \(key.stringValue) and Fields has no column for it; its columns are "
                + names.labels.joined(separator: ", ")
                + ". Declare `let \(key.stringValue) = Column(\\\(names.record).\(key.stringValue))`")
    }

    private func unreadable(_ key: Key, _ type: Any.Type) -> QueryError {
        failure(
            "\(type) cannot be read from the column of \(names.record).\(key.stringValue); "
                + "conform it to ColumnDecodable or use JSONColumn")
    }

    func nesting(_ key: Key) -> QueryError {
        failure("the column of \(names.record).\(key.stringValue) holds one value; use JSONColumn for nested types")
    }

    private func failure(_ message: String) -> QueryError {
        QueryError(code: .decoding, message: message, statement: reader.result.statement, site: reader.result.site)
    }
}
