// `route` for PATCH alone: they differ in nothing but what the view returns.
extension RouteRegistry {
    /// Registers a view for PATCH; see `route`.
    public func patch<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning a body and a status.
    public func patch<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning a body, a status and headers.
    public func patch<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status, Headers)
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning nothing: 204.
    @_disfavoredOverload
    public func patch<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning any `Encodable`: JSON.
    @_disfavoredOverload
    public func patch<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Value
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning any `Encodable` and a status.
    @_disfavoredOverload
    public func patch<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status)
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning any `Encodable`, a status and headers.
    @_disfavoredOverload
    public func patch<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status, Headers)
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }
}
