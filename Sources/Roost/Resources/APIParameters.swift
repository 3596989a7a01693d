/// Arguments and variables as OpenAPI writes them.
enum APIParameters {
    /// The arguments outside the body. One that may stand in the body too is described there, where there is a body.
    static func parameters(_ arguments: [ArgumentSpecification], _ method: HTTPMethod) -> [JSONValue] {
        arguments.compactMap { argument in
            if hasBody(method), bodyKind(of: argument) != nil { return nil }
            guard let location = argument.locations.first(where: { $0 != .json && $0 != .form }) else { return nil }
            var json = JSONObject()
            json["name"] = .string(argument.name)
            json["in"] = .string(location.rawValue)
            if let description = argument.description { json["description"] = .string(description) }
            if argument.isRequired { json["required"] = true }
            json["schema"] = argument.schema
            return .object(json)
        }
    }

    /// The body that the arguments are read from; nil when there is none.
    /// - Parameter isRequired: also when it need not have anything in it
    static func body(
        _ arguments: [ArgumentSpecification], _ method: HTTPMethod, isRequired: Bool
    ) -> JSONValue? {
        guard hasBody(method) else { return nil }
        var content = JSONObject()
        for (location, type) in [
            (ArgumentLocation.json, "application/json"), (.form, "application/x-www-form-urlencoded"),
        ] {
            let own = arguments.filter { $0.locations.contains(location) }
            if !own.isEmpty { content[type] = ["schema": schema(own)] }
        }
        guard content.count > 0 else { return nil }
        let isRequired = isRequired || arguments.contains { $0.isRequired && bodyKind(of: $0) != nil }
        return ["required": .bool(isRequired), "content": .object(content)]
    }

    private static func schema(_ arguments: [ArgumentSpecification]) -> JSONValue {
        var properties = JSONObject()
        for argument in arguments {
            let schema = argument.schema
            properties[argument.name] =
                argument.description.map { schema.adding("description", .string($0)) } ?? schema
        }
        var json = JSONObject()
        json["type"] = "object"
        json["properties"] = .object(properties)
        let required = arguments.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { json["required"] = .array(required) }
        return .object(json)
    }

    private static func hasBody(_ method: HTTPMethod) -> Bool { !method.isSafe && method != .delete }

    private static func bodyKind(of argument: ArgumentSpecification) -> ArgumentLocation? {
        argument.locations.first { $0 == .json || $0 == .form }
    }

    /// A variable of a path as JSON Schema.
    static func schema(of kind: RoutePattern.VariableRule.Kind) -> JSONValue {
        switch kind {
        case .text(let minimum, let maximum):
            limited(
                ["type": "string"], ("minLength", minimum > 1 ? .int(minimum) : nil),
                ("maxLength", maximum.map { .int($0) }))
        case .integer(let minimum, let maximum):
            limited(["type": "integer"], ("minimum", minimum.map { .int($0) }), ("maximum", maximum.map { .int($0) }))
        case .decimal(let minimum, let maximum):
            limited(
                ["type": "number"], ("minimum", minimum.map { .double($0) }), ("maximum", maximum.map { .double($0) }))
        case .uuid: ["type": "string", "format": "uuid"]
        case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
        case .path, .custom: ["type": "string"]
        }
    }

    private static func limited(_ schema: JSONValue, _ limits: (String, JSONValue?)...) -> JSONValue {
        limits.reduce(schema) { schema, limit in limit.1.map { schema.adding(limit.0, $0) } ?? schema }
    }
}
