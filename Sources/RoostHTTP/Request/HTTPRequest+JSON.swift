extension HTTPRequest {
    /// Whether the body says that it is JSON.
    public var isJSON: Bool {
        guard let type = contentType else { return false }
        return type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json")
    }

    /// The body as JSON.
    ///
    /// Throws 415 when it says it is something else, 400 with the place when it is not JSON, 413 beyond the limits.
    public func json() throws(HTTPError) -> JSONValue {
        guard isJSON else { throw HTTPError(415, "The body must be JSON with Content-Type: application/json.") }
        let bytes = try bytes(limit: limits.jsonBytes)
        do {
            return try JSONValue(parsing: bytes, depth: limits.jsonDepth)
        } catch {
            throw HTTPError(.badRequest, "The body is not JSON: \(error).")
        }
    }

    /// The body as a type: `let draft = try request.json(as: Draft.self)`.
    ///
    /// Throws as `json()`, 400 with the path when a member does not fit (`tags[2]: text is expected, not a number`),
    /// and what the type's own `init(from:)` throws.
    public func json<Value: Decodable>(as type: Value.Type) throws -> Value {
        let value = try json()
        do {
            return try value.decode(as: type)
        } catch let mismatch as JSONMismatch {
            throw HTTPError(.badRequest, "The JSON does not fit: \(mismatch).")
        }
    }
}
