// `route` for POST alone: they differ in nothing but what the view returns.
extension RouteRegistry {
    /// Registers a view for POST; see `route`.
    public func post<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning a body and a status.
    public func post<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning a body, a status and headers.
    public func post<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status, Headers)
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning nothing: 204.
    @_disfavoredOverload
    public func post<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning any `Encodable`: JSON.
    @_disfavoredOverload
    public func post<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Value
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning any `Encodable` and a status.
    @_disfavoredOverload
    public func post<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status)
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning any `Encodable`, a status and headers.
    @_disfavoredOverload
    public func post<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status, Headers)
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }
}
