/// What an API says of a value: which members, under which names, in which order.
///
/// ```swift
/// static let output = Output<Post>("Post",
///     .field("id", \.id),
///     .field("text", \.body, help: "In Markdown"),
///     .field("url") { "/posts/\($0.id)" },
///     .nested("author", \.author, Author.output),
///     .list("comments", \.comments, Comment.output))
///
/// return Self.output(post)                    // JSON of one
/// return Self.output(list: posts, "posts")    // JSON of many, in an envelope
/// ```
public struct Output<Model>: Sendable {
    /// The name in the API's description.
    public let name: String
    let fields: [OutputField<Model>]

    /// - Parameters:
    ///   - name: the name of the shape in the API's description.
    ///   - fields: written in this order.
    public init(_ name: String, _ fields: OutputField<Model>...) {
        self.name = name
        self.fields = fields
    }

    /// The members of this shape and more, under another name.
    public func adding(_ name: String, _ more: OutputField<Model>...) -> Output {
        Output(name, fields: fields + more)
    }

    private init(_ name: String, fields: [OutputField<Model>]) {
        self.name = name
        self.fields = fields
    }

    /// Writes a value.
    public func write(_ model: Model, to json: inout JSONWriter) {
        json.beginObject()
        for field in fields { field.write(model, &json) }
        json.endObject()
    }

    /// A response of one value.
    public func callAsFunction(_ model: Model, status: Status = .ok) -> JSON {
        JSON(status: status) { write(model, to: &$0) }
    }

    /// A response of many values: a list, or an object with the list under a name.
    public func callAsFunction(list models: [Model], _ envelope: String? = nil, status: Status = .ok) -> JSON {
        JSON(status: status) { json in
            if let envelope {
                json.beginObject()
                json.key(dynamic: envelope)
            }
            json.beginArray()
            for model in models { write(model, to: &json) }
            json.endArray()
            if envelope != nil { json.endObject() }
        }
    }

    /// The shape for the API's description.
    public var schema: OutputSchema {
        let fields = fields
        return OutputSchema(name: name) { schemas in
            var properties = JSONObject()
            for field in fields { properties[field.name] = field.schema(&schemas) }
            let required = fields.filter(\.isAlways).map { JSONValue.string($0.name) }
            return ["type": "object", "properties": .object(properties), "required": .array(required)]
        }
    }
}

/// One member of an output.
public struct OutputField<Model>: Sendable {
    let name: String
    let isAlways: Bool
    let write: @Sendable (Model, inout JSONWriter) -> Void
    let schema: @Sendable (inout OutputSchemas) -> JSONValue

    /// A member under a name of its own.
    public static func field<Value: OutputValue>(
        _ name: String, _ member: any KeyPath<Model, Value> & Sendable, help: String? = nil
    ) -> OutputField { field(name, help: help) { $0[keyPath: member] } }

    /// A value made of the model: an address, a text in another format.
    public static func field<Value: OutputValue>(
        _ name: String, help: String? = nil, _ value: @escaping @Sendable (Model) -> Value
    ) -> OutputField {
        OutputField(name: name, isAlways: true) { model, json in
            json.key(dynamic: name)
            value(model).writeOutput(to: &json)
        } schema: { _ in
            described(Value.outputSchema, help)
        }
    }

    /// A member that may be nil, with what is written then.
    public static func field<Value: OutputValue>(
        _ name: String, _ member: any KeyPath<Model, Value?> & Sendable, default value: Value, help: String? = nil
    ) -> OutputField where Value: Sendable { field(name, help: help) { $0[keyPath: member] ?? value } }

    /// A member that is left out when it is nil.
    public static func optional<Value: OutputValue>(
        _ name: String, _ member: any KeyPath<Model, Value?> & Sendable, help: String? = nil
    ) -> OutputField {
        OutputField(name: name, isAlways: false) { model, json in
            guard let value = model[keyPath: member] else { return }
            json.key(dynamic: name)
            value.writeOutput(to: &json)
        } schema: { _ in
            described(Value.outputSchema, help)
        }
    }

    /// A value with an output of its own.
    public static func nested<Inner>(
        _ name: String, _ member: any KeyPath<Model, Inner> & Sendable, _ output: Output<Inner>
    ) -> OutputField {
        OutputField(name: name, isAlways: true) { model, json in
            json.key(dynamic: name)
            output.write(model[keyPath: member], to: &json)
        } schema: {
            $0.reference(output.schema)
        }
    }

    /// A value with an output of its own that may be nil: `null` then.
    public static func nested<Inner>(
        _ name: String, _ member: any KeyPath<Model, Inner?> & Sendable, _ output: Output<Inner>
    ) -> OutputField {
        OutputField(name: name, isAlways: true) { model, json in
            json.key(dynamic: name)
            if let inner = model[keyPath: member] { output.write(inner, to: &json) } else { json.null() }
        } schema: {
            ["anyOf": [$0.reference(output.schema), ["type": "null"]]]
        }
    }

    /// Values with an output of their own.
    public static func list<Inner>(
        _ name: String, _ member: any KeyPath<Model, [Inner]> & Sendable, _ output: Output<Inner>
    ) -> OutputField {
        OutputField(name: name, isAlways: true) { model, json in
            json.key(dynamic: name)
            json.beginArray()
            for inner in model[keyPath: member] { output.write(inner, to: &json) }
            json.endArray()
        } schema: {
            ["type": "array", "items": $0.reference(output.schema)]
        }
    }

    private static func described(_ schema: JSONValue, _ help: String?) -> JSONValue {
        guard let help, var object = schema.object else { return schema }
        object["description"] = .string(help)
        return .object(object)
    }
}
