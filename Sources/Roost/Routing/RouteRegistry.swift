/// What routes are registered on: an `App` or a `Blueprint`.
public protocol RouteRegistry: AnyObject {
    /// Takes a route. Throws `SetupError` when it cannot be used; the methods below are how it is called.
    func add(_ registration: RouteRegistration) throws
}

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
        var kinds: [PathKind] = []
        for type in repeat (each Variable).self { kinds.append(type.pathKind) }
        let site = CallSite(file: file, line: line)
        try add(
            RouteRegistration(
                pattern: pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, kinds: kinds,
                site: site, options: options
            ) { request in
                var next = VariableReader(request)
                return try view(request, repeat try next.read((each Variable).self)).response(to: request)
            })
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
            for header in headers { response.headers.remove(header.name) }
            response.headers.merge(headers)
            return response
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
