// `route` for GET alone: they differ in nothing but what the view returns.
extension RouteRegistry {
    /// Registers a view for GET (and HEAD); see `route`.
    public func get<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// GET, returning a body and a status.
    public func get<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// GET, returning a body, a status and headers.
    public func get<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status, Headers)
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// GET, returning nothing: 204.
    @_disfavoredOverload
    public func get<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// GET, returning any `Encodable`: JSON.
    @_disfavoredOverload
    public func get<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Value
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// GET, returning any `Encodable` and a status.
    @_disfavoredOverload
    public func get<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status)
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// GET, returning any `Encodable`, a status and headers.
    @_disfavoredOverload
    public func get<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status, Headers)
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }
}
