internal import FoundationEssentials

/// Makes one property of a Codable type from one column: types of columns as they are, JSON columns as any Codable
/// type, and types that decode themselves from a single value, as enums with raw values do.
struct CellDecoder: Decoder, SingleValueDecodingContainer {
    let row: Row
    let column: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // The commonest one, without a look at the conformances of the type.
        if type == Timestamp.self, let value = try row.decode(column, as: Timestamp.self) as? Value { return value }
        if let decodable = type as? any ColumnDecodable.Type, let value = try value(decodable) as? Value {
            return value
        }
        let kind = row.result.layout.types[column]
        if kind == TypeID.json || kind == TypeID.jsonb { return try json(type) }
        return try Value(from: self)
    }

    private func value<Value: ColumnDecodable>(_ type: Value.Type) throws -> Value { try row.decode(column, as: type) }

    private func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do throws(CellError) {
            return try JSONCell.decode(row.result.cell(row.index, column))
        } catch {
            throw QueryError.decoding(
                error, column: column, of: row.result.layout, expected: "\(type)", needs: "json or jsonb",
                statement: row.result.statement, site: row.result.site)
        }
    }

    func decodeNil() -> Bool { row.result.cell(row.index, column).bytes == nil }
    func decode(_ type: Bool.Type) throws -> Bool { try value(type) }
    func decode(_ type: String.Type) throws -> String { try value(type) }
    func decode(_ type: Double.Type) throws -> Double { try value(type) }
    func decode(_ type: Float.Type) throws -> Float { try value(type) }
    func decode(_ type: Int.Type) throws -> Int { try value(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try value(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try value(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try value(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try value(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try value(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try value(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try value(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try value(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try value(type) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> { throw refusal }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw refusal }

    private var refusal: QueryError {
        let layout = row.result.layout
        var error = QueryError(
            code: .decoding,
            message: "column \"\(layout.names[column])\" is \(TypeID.name(of: layout.types[column])); "
                + "only json and jsonb become types with properties or elements", statement: row.result.statement,
            site: row.result.site)
        error.column = layout.names[column]
        error.tableID = layout.tables[column]
        return error
    }
}
