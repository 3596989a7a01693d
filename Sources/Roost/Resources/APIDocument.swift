/// An OpenAPI 3.1 document that is being put together.
struct APIDocument {
    private let about: APIDescription
    private var paths: [(shape: String, path: String, item: JSONObject)] = []
    private var schemas = OutputSchemas()
    private var operationIDs: Set<String> = []

    init(about: APIDescription) { self.about = about }

    /// Adds the methods of a route.
    mutating func add(_ route: Route) throws {
        // Two patterns of one shape are one path: /posts/{id} and /posts/{number}.
        let shape = route.pattern.template { index, _ in index.description }
        let place = paths.firstIndex { $0.shape == shape } ?? paths.count
        if place == paths.count { paths.append((shape, route.pattern.template(), JSONObject())) }
        let names = Self.variables(of: paths[place].path)
        for name in route.methods.names where name != "HEAD" && name != "OPTIONS" {
            let method = HTTPMethod(name)
            let operation = route.operations[method] ?? APIOperation("")
            try check(operation, route)
            paths[place].item[name.lowercased()] = describe(operation, route, method, names)
        }
    }

    /// The document.
    var json: JSONValue {
        var document = JSONObject()
        document["openapi"] = "3.1.0"
        var info: JSONValue = ["title": .string(about.title), "version": .string(about.version)]
        if let description = about.description { info = info.adding("description", .string(description)) }
        document["info"] = info
        if !about.servers.isEmpty { document["servers"] = .array(about.servers.map { ["url": .string($0)] }) }
        if !about.security.isEmpty { document["security"] = Self.requirement(about.security) }
        var items = JSONObject()
        for (_, path, item) in paths { items[path] = .object(item) }
        document["paths"] = .object(items)
        if let components { document["components"] = components }
        return .object(document)
    }

    private var components: JSONValue? {
        var components = JSONObject()
        if !schemas.schemas.isEmpty {
            var all = JSONObject()
            for name in schemas.schemas.keys.sorted() { all[name] = schemas.schemas[name] }
            components["schemas"] = .object(all)
        }
        if !about.securitySchemes.isEmpty {
            var all = JSONObject()
            for (name, scheme) in about.securitySchemes { all[name] = scheme.json }
            components["securitySchemes"] = .object(all)
        }
        return components.count == 0 ? nil : .object(components)
    }

    private func check(_ operation: APIOperation, _ route: Route) throws {
        let known = about.securitySchemes.map(\.name)
        for name in about.security + (operation.security ?? []) where !known.contains(name) {
            throw SetupError(
                "the API's description has no security scheme \"\(name)\", which \(route.endpoint) names",
                at: route.site)
        }
    }

    private mutating func describe(
        _ operation: APIOperation, _ route: Route, _ method: HTTPMethod, _ names: [String]
    ) -> JSONValue {
        var json = JSONObject()
        if !operation.summary.isEmpty { json["summary"] = .string(operation.summary) }
        if let description = operation.description { json["description"] = .string(description) }
        let tags = operation.tags.isEmpty ? [route.blueprint].compactMap { $0 } : operation.tags
        if !tags.isEmpty { json["tags"] = .array(tags.map { .string($0) }) }
        json["operationId"] = .string(operationID(route, method))
        let arguments = operation.arguments?.arguments ?? []
        let parameters = Self.pathParameters(route, names) + APIParameters.parameters(arguments, method)
        if !parameters.isEmpty { json["parameters"] = .array(parameters) }
        if let body = APIParameters.body(arguments, method, isRequired: operation.requiresBody) {
            json["requestBody"] = body
        }
        json["responses"] = responses(operation)
        if operation.isDeprecated { json["deprecated"] = true }
        if let security = operation.security { json["security"] = Self.requirement(security) }
        return .object(json)
    }

    /// The endpoint, with the method where a route has several, with a number where that is taken.
    private mutating func operationID(_ route: Route, _ method: HTTPMethod) -> String {
        let isAlone = route.methods.names.filter { $0 != "HEAD" && $0 != "OPTIONS" }.count == 1
        let name = isAlone ? route.endpoint : "\(route.endpoint).\(method.rawValue.lowercased())"
        var (unique, number) = (name, 2)
        while !operationIDs.insert(unique).inserted {
            unique = "\(name).\(number)"
            number += 1
        }
        return unique
    }

    private mutating func responses(_ operation: APIOperation) -> JSONValue {
        var responses = JSONObject()
        var success: JSONValue = ["description": .string(operation.status.reason)]
        if let output = operation.output {
            success = success.adding("content", ["application/json": ["schema": schemas.reference(output)]])
        }
        if !operation.headers.isEmpty { success = success.adding("headers", Self.headers(operation.headers)) }
        responses[operation.status.code.description] = success
        var errors = operation.errors
        if operation.arguments != nil, !errors.contains(.badRequest) { errors.insert(.badRequest, at: 0) }
        for error in errors + about.errors {
            var answer: JSONValue = ["description": .string(error.reason)]
            if let body = about.errorBodies.first(where: { $0.statuses.contains(error) }) {
                answer = answer.adding("content", body.content(&schemas))
            }
            responses[error.code.description] = answer
        }
        return .object(responses)
    }

    private static func headers(_ headers: [(name: String, description: String)]) -> JSONValue {
        var json = JSONObject()
        for (name, description) in headers {
            json[name] = ["description": .string(description), "required": true, "schema": ["type": "string"]]
        }
        return .object(json)
    }

    private static func pathParameters(_ route: Route, _ names: [String]) -> [JSONValue] {
        zip(names, route.pattern.variableRules).map { name, rule in
            [
                "name": .string(name), "in": "path", "required": true, "schema": APIParameters.schema(of: rule.kind),
            ]
        }
    }

    private static func variables(of path: String) -> [String] {
        path.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) }
    }

    /// One of the schemes is enough. An empty list is open to all.
    private static func requirement(_ names: [String]) -> JSONValue {
        .array(
            names.map { name in
                var object = JSONObject()
                object[name] = []
                return .object(object)
            })
    }
}

extension JSONValue {
    /// An object with one more member.
    func adding(_ name: String, _ value: JSONValue) -> JSONValue {
        var object = object ?? JSONObject()
        object[name] = value
        return .object(object)
    }
}
