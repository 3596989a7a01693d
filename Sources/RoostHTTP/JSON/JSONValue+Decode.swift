/// Why JSON does not fit a type, and where in it: `items[2].price: a number is expected, not text`.
public struct JSONMismatch: Error, Equatable, CustomStringConvertible {
    /// The way from the outermost value: `items[2].price`; empty for the value itself.
    public let path: String
    public let reason: String

    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }

    init(_ path: [any CodingKey], _ reason: String) {
        self.path = path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
        self.reason = reason
    }

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(context.codingPath, "the member \"\(key.stringValue)\" is missing")
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            self.init(context.codingPath, context.debugDescription)
        @unknown default: self.init([], "the value does not fit")
        }
    }
}

extension JSONValue {
    /// Reads a `Decodable` type. Members that the type does not know are ignored.
    ///
    /// Throws `JSONMismatch` with the place, or what the type's own `init(from:)` throws.
    public func decode<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONValueDecoder(value: self, codingPath: []).read(type)
        } catch let error as DecodingError {
            throw JSONMismatch(error)
        }
    }

    /// What kind of value this is, for complaints.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .int, .double: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension Decodable {
    /// Reads a value from JSON bytes: strict RFC 8259. Throws `JSONError` or `JSONMismatch`, both with the place.
    public init(json bytes: [UInt8], depth: Int = 64) throws {
        self = try JSONValue(parsing: bytes, depth: depth).decode(as: Self.self)
    }
}

/// The place of an element in a list.
struct JSONIndexKey: CodingKey {
    let index: Int
    init(_ index: Int) { self.index = index }
    init?(intValue: Int) { index = intValue }
    init?(stringValue: String) { return nil }
    var intValue: Int? { index }
    var stringValue: String { "\(index)" }
}
