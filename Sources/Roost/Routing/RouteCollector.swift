/// What takes routes; the methods to call are those of `RouteRegistry`.
///
/// It is a protocol of its own for the compiler's sake: a closure that always throws fits a view that returns nothing
/// as well as one that returns `any ResponseConvertible`, and the methods of the protocol further up come second.
public protocol RouteCollector: AnyObject {
    /// Takes a route. Throws `SetupError` when it cannot be used.
    func add(_ registration: RouteRegistration) throws
}

// Views that return now this and now that.
extension RouteCollector {
    /// Registers a view that returns now this and now that: `{ request -> any ResponseConvertible in … }`.
    @_disfavoredOverload
    public func route<each Variable: PathVariable>(
        _ pattern: String, methods: HTTPMethodSet = [.get], endpoint: String? = nil, strictSlashes: Bool = true,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> any ResponseConvertible
    ) throws {
        try register(
            pattern, methods, endpoint, strictSlashes, options, CallSite(file: file, line: line)
        ) { (request: Request, variables: repeat each Variable) -> Response in
            try view(request, repeat each variables).response(to: request)
        }
    }

    /// GET, returning now this and now that.
    @_disfavoredOverload
    public func get<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> any ResponseConvertible
    ) throws {
        try route(
            pattern, methods: [.get], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// POST, returning now this and now that.
    @_disfavoredOverload
    public func post<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> any ResponseConvertible
    ) throws {
        try route(
            pattern, methods: [.post], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PUT, returning now this and now that.
    @_disfavoredOverload
    public func put<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> any ResponseConvertible
    ) throws {
        try route(
            pattern, methods: [.put], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// PATCH, returning now this and now that.
    @_disfavoredOverload
    public func patch<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> any ResponseConvertible
    ) throws {
        try route(
            pattern, methods: [.patch], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// DELETE, returning now this and now that.
    @_disfavoredOverload
    public func delete<each Variable: PathVariable>(
        _ pattern: String, endpoint: String? = nil, strictSlashes: Bool = true, options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line,
        _ view: @escaping (Request, repeat each Variable) throws -> any ResponseConvertible
    ) throws {
        try route(
            pattern, methods: [.delete], endpoint: endpoint, strictSlashes: strictSlashes, options: options, file: file,
            line: line, view)
    }

    /// Adds a route whose view is told its variables, of the types that it takes.
    func register<each Variable: PathVariable>(
        _ pattern: String, _ methods: HTTPMethodSet, _ endpoint: String?, _ strictSlashes: Bool,
        _ options: RouteOptions, _ site: CallSite,
        _ answer: @escaping (Request, repeat each Variable) throws -> Response
    ) throws {
        var kinds: [PathKind] = []
        for type in repeat (each Variable).self { kinds.append(type.pathKind) }
        try add(
            RouteRegistration(
                pattern: pattern, methods: methods, endpoint: endpoint, strictSlashes: strictSlashes, kinds: kinds,
                site: site, options: options
            ) { request in
                var next = VariableReader(request)
                return try answer(request, repeat try next.read((each Variable).self))
            })
    }
}
