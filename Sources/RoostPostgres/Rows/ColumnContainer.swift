/// A row under the keys of a Codable type: what decoding has in common however a key finds its column.
protocol ColumnContainer: KeyedDecodingContainerProtocol {
    /// The column of a key; one that is not there is an error.
    func column<Value: ColumnDecodable>(_ key: Key, as type: Value.Type) throws -> Value
    /// The column of a key; nil when it is NULL or not there.
    func optional<Value: ColumnDecodable>(_ key: Key, as type: Value.Type) throws -> Value?
    /// What to say when a type wants a container where there is one value.
    func nesting(_ key: Key) -> QueryError
}

extension ColumnContainer {
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try column(key, as: type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try column(key, as: type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try column(key, as: type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try column(key, as: type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try column(key, as: type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try column(key, as: type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try column(key, as: type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try column(key, as: type) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(key, as: type) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(key, as: type) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(key, as: type) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(key, as: type) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(key, as: type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw nesting(key)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw nesting(key) }
}
