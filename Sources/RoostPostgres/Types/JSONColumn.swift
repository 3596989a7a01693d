internal import FoundationEssentials

/// A `json` or `jsonb` column as a Codable value, in both directions.
///
///     try db.execute("INSERT INTO events (data) VALUES (\(JSONColumn(event)))")
///     let event = try db.value("SELECT data FROM events", as: JSONColumn<Event>.self).content
public struct JSONColumn<Content> {
    public var content: Content

    public init(_ content: Content) {
        self.content = content
    }
}

extension JSONColumn: Sendable where Content: Sendable {}
extension JSONColumn: Equatable where Content: Equatable {}
extension JSONColumn: Hashable where Content: Hashable {}

extension JSONColumn: ColumnDecodable where Content: Decodable {
    public static var columnTypes: String { "json or jsonb" }

    public static func decode(_ cell: Cell) throws(CellError) -> JSONColumn {
        JSONColumn(try JSONCell.decode(cell))
    }
}

extension JSONColumn: SQLBindable where Content: Encodable {
    /// The content as JSON text. Content that JSON cannot hold, such as an infinite number, fails the statement before
    /// it is sent.
    public var sqlValue: SQLValue {
        do {
            let encoder = JSONEncoder()
            // One form for one value: logs and `duplicate` detection compare texts.
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return .text(String(decoding: try encoder.encode(content), as: UTF8.self))
        } catch {
            return .refused("\(Content.self) cannot be written as JSON\(JSONCell.place(of: error))")
        }
    }
}

/// Reads JSON in columns.
enum JSONCell {
    static func decode<Content: Decodable>(_ cell: Cell) throws(CellError) -> Content {
        guard let bytes = cell.bytes else { throw .null }
        guard cell.type == TypeID.json || cell.type == TypeID.jsonb else { throw .type }
        // The first byte of binary jsonb is the version of the format, always 1.
        let hasVersion = cell.isBinary && cell.type == TypeID.jsonb
        do {
            return try JSONDecoder().decode(Content.self, from: Data(bytes.dropFirst(hasVersion ? 1 : 0)))
        } catch {
            throw .value("the JSON does not fit \(Content.self)\(place(of: error))")
        }
    }

    /// Where it went wrong, without the values that Foundation's own texts quote.
    static func place(of error: any Error) -> String {
        let path: [any CodingKey]? =
            switch error {
            case DecodingError.keyNotFound(let key, let context): context.codingPath + [key]
            case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
                DecodingError.dataCorrupted(let context):
                context.codingPath
            case EncodingError.invalidValue(_, let context): context.codingPath
            default: nil
            }
        guard let path, !path.isEmpty else { return "" }
        return " at " + path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}
