/// A type that can be written into an output.
public protocol OutputValue: SendableMetatype {
    /// Writes the value.
    func writeOutput(to json: inout JSONWriter)
    /// The type as JSON Schema has it.
    static var outputSchema: JSONValue { get }
}

extension String: OutputValue {
    public func writeOutput(to json: inout JSONWriter) { json.value(self) }
    public static var outputSchema: JSONValue { ["type": "string"] }
}

extension Int: OutputValue {
    public func writeOutput(to json: inout JSONWriter) { json.value(self) }
    public static var outputSchema: JSONValue { ["type": "integer"] }
}

extension Double: OutputValue {
    public func writeOutput(to json: inout JSONWriter) { json.value(self) }
    public static var outputSchema: JSONValue { ["type": "number"] }
}

extension Bool: OutputValue {
    public func writeOutput(to json: inout JSONWriter) { json.value(self) }
    public static var outputSchema: JSONValue { ["type": "boolean"] }
}

extension JSONValue: OutputValue {
    public func writeOutput(to json: inout JSONWriter) { write(to: &json) }
    public static var outputSchema: JSONValue { [:] }
}

extension Optional: OutputValue where Wrapped: OutputValue {
    /// `null` when there is none.
    public func writeOutput(to json: inout JSONWriter) {
        if let self { self.writeOutput(to: &json) } else { json.null() }
    }

    public static var outputSchema: JSONValue { ["anyOf": [Wrapped.outputSchema, ["type": "null"]]] }
}

extension Array: OutputValue where Element: OutputValue {
    public func writeOutput(to json: inout JSONWriter) {
        json.beginArray()
        for element in self { element.writeOutput(to: &json) }
        json.endArray()
    }

    public static var outputSchema: JSONValue { ["type": "array", "items": Element.outputSchema] }
}

/// The shape of an output, for the description of an API.
public struct OutputSchema: Sendable {
    /// The name under which it is described.
    public let name: String
    let make: @Sendable (inout OutputSchemas) -> JSONValue
    var isList = false
    var envelope: String?

    init(name: String, make: @escaping @Sendable (inout OutputSchemas) -> JSONValue) {
        self.name = name
        self.make = make
    }

    /// A list of this shape, alone or under a name.
    public func list(_ envelope: String? = nil) -> OutputSchema {
        var schema = self
        (schema.isList, schema.envelope) = (true, envelope)
        return schema
    }
}

/// The shapes that were described so far, by name.
struct OutputSchemas {
    private(set) var schemas: [String: JSONValue] = [:]

    /// A reference to a shape; the shape itself goes to the others.
    mutating func reference(_ schema: OutputSchema) -> JSONValue {
        if schemas[schema.name] == nil {
            // A shape may hold itself: its name is taken before its members are looked at.
            schemas[schema.name] = [:]
            schemas[schema.name] = schema.make(&self)
        }
        let one: JSONValue = ["$ref": .string("#/components/schemas/\(schema.name)")]
        guard schema.isList else { return one }
        let list: JSONValue = ["type": "array", "items": one]
        guard let envelope = schema.envelope else { return list }
        var properties = JSONObject()
        properties[envelope] = list
        return ["type": "object", "properties": .object(properties), "required": [.string(envelope)]]
    }
}
