// The short forms of `route` for one method. They differ in nothing but the method and what the view returns.
extension RouteRegistry {
    /// Registers a view for GET (and HEAD); see `route`.
    public func get<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// GET, returning a body and a status.
    public func get<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// GET, returning nothing: 204.
    public func get<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// Registers a view for POST; see `route`.
    public func post<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// POST, returning a body and a status.
    public func post<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// POST, returning nothing: 204.
    public func post<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// Registers a view for PUT; see `route`.
    public func put<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.put], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// PUT, returning a body and a status.
    public func put<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.put], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// PUT, returning nothing: 204.
    public func put<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.put], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// Registers a view for PATCH; see `route`.
    public func patch<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// PATCH, returning a body and a status.
    public func patch<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// PATCH, returning nothing: 204.
    public func patch<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// Registers a view for DELETE; see `route`.
    public func delete<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try route(
            pattern, methods: [.delete], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// DELETE, returning a body and a status.
    public func delete<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: [.delete], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }

    /// DELETE, returning nothing: 204.
    public func delete<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line, _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: [.delete], endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line, view)
    }
}
