/// What routes are registered on: an `App` or a `Blueprint`.
public protocol RouteRegistry: RouteCollector {}

extension RouteRegistry {
    /// Registers a view for some methods. Path variables arrive as its further arguments, typed:
    ///
    /// ```swift
    /// try app.route("/post/<int:id>/edit", methods: [.get, .post], endpoint: "edit") { (request, id: Int) in … }
    /// ```
    ///
    /// - Parameters:
    ///   - pattern: as in Flask; a slash at its end makes the address without it redirect
    ///   - endpoint: the name for `urlFor`; without one it is made of the words of the path (`/user/<name>` is `user`,
    ///     `/` is `index`)
    ///   - strictSlashes: false lets both forms match without a redirect
    ///   - options: host, subdomain, defaults and the like
    ///
    /// Throws `SetupError` when the pattern is malformed, does not fit the view's arguments, or the route is taken.
    public func route<each Variable: PathVariable, Result: ResponseConvertible>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Result
    ) throws {
        try register(
            pattern, methods, endpoint, strictSlashes, options, CallSite(file: file, line: line)
        ) { (request: Request, variables: repeat each Variable) -> Response in
            try view(request, repeat each variables).response(to: request)
        }
    }

    /// Registers a view that returns a body and a status: `return ("gone", 410)`.
    public func route<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status)
    ) throws {
        try route(
            pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line
        ) { (request: Request, variables: repeat each Variable) -> Response in
            let (body, status) = try view(request, repeat each variables)
            var response = try body.response(to: request)
            response.status = status
            return response
        }
    }

    /// Registers a view that returns a body, a status and headers: `return (page, 201, ["Location": address])`.
    public func route<each Variable: PathVariable, Body: ResponseConvertible>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Body, Status, Headers)
    ) throws {
        try route(
            pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line
        ) { (request: Request, variables: repeat each Variable) -> Response in
            let (body, status, headers) = try view(request, repeat each variables)
            var response = try body.response(to: request)
            response.status = status
            return response.replacing(headers)
        }
    }

    /// Registers a view that returns any `Encodable`: JSON of it.
    ///
    /// Behind the other forms when more than one fits: a `String` is a page, not JSON.
    @_disfavoredOverload
    public func route<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Value
    ) throws {
        try route(
            pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line
        ) { (request: Request, variables: repeat each Variable) -> Response in
            try JSON(try view(request, repeat each variables)).response(to: request)
        }
    }

    /// Registers a view that returns any `Encodable` and a status: `return (draft, 201)`.
    @_disfavoredOverload
    public func route<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status)
    ) throws {
        try route(
            pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line
        ) { (request: Request, variables: repeat each Variable) -> Response in
            let (value, status) = try view(request, repeat each variables)
            return try JSON(value, status: status).response(to: request)
        }
    }

    /// Registers a view that returns any `Encodable`, a status and headers.
    @_disfavoredOverload
    public func route<each Variable: PathVariable, Value: Encodable>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> (Value, Status, Headers)
    ) throws {
        try route(
            pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line
        ) { (request: Request, variables: repeat each Variable) -> Response in
            let (value, status, headers) = try view(request, repeat each variables)
            return try JSON(value, status: status).response(to: request).replacing(headers)
        }
    }

    /// Registers a view that returns nothing: 204.
    @_disfavoredOverload
    public func route<each Variable: PathVariable>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> Void
    ) throws {
        try route(
            pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, options: options,
            file: file, line: line
        ) { (request: Request, variables: repeat each Variable) -> Status in
            try view(request, repeat each variables)
            return .noContent
        }
    }
}

extension Response {
    /// With headers in the place of its own of the same names.
    fileprivate func replacing(_ headers: Headers) -> Response {
        var response = self
        for header in headers { response.headers.remove(header.name) }
        response.headers.merge(headers)
        return response
    }
}

/// Hands out the path variables of a request one after the other.
struct VariableReader {
    private let request: Request
    private var index = 0

    init(_ request: Request) { self.request = request }

    mutating func read<Value: PathVariable>(_ type: Value.Type) throws -> Value {
        defer { index += 1 }
        return try request.variable(index, type)
    }
}
