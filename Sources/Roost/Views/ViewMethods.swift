/// The methods of a view that is a type.
public struct ViewMethods<View: MethodView> {
    struct Entry {
        let method: HTTPMethod
        let kinds: [PathKind]
        let answer: (View, Request) throws -> Response
    }

    var entries: [Entry] = []
    var operations: [HTTPMethod: APIOperation] = [:]

    /// A method that stands here twice.
    var repeated: HTTPMethod? {
        entries.enumerated().first { index, entry in entries[..<index].contains { $0.method == entry.method } }?.element
            .method
    }

    /// Answers a method with a function of the view: `methods.on(.post, Self.create)`.
    /// - Parameter operation: what the API's description says about it.
    public mutating func on<each Variable: PathVariable, Result: ResponseConvertible>(
        _ method: HTTPMethod, _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Result
    ) {
        add(method, operation) { (view: View, request: Request, variables: repeat each Variable) -> Response in
            try function(view)(request, repeat each variables).response(to: request)
        }
    }

    /// Answers a method with a function that returns a body and a status.
    public mutating func on<each Variable: PathVariable, Body: ResponseConvertible>(
        _ method: HTTPMethod, _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> (Body, Status)
    ) {
        add(method, operation) { (view: View, request: Request, variables: repeat each Variable) -> Response in
            let (body, status) = try function(view)(request, repeat each variables)
            var response = try body.response(to: request)
            response.status = status
            return response
        }
    }

    /// Answers a method with a function that returns any `Encodable`: JSON of it.
    @_disfavoredOverload
    public mutating func on<each Variable: PathVariable, Value: Encodable>(
        _ method: HTTPMethod, _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Value
    ) {
        add(method, operation) { (view: View, request: Request, variables: repeat each Variable) -> Response in
            try JSON(try function(view)(request, repeat each variables)).response(to: request)
        }
    }

    /// Answers a method with a function that returns now this and now that.
    @_disfavoredOverload
    public mutating func on<each Variable: PathVariable>(
        _ method: HTTPMethod, _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> any ResponseConvertible
    ) {
        add(method, operation) { (view: View, request: Request, variables: repeat each Variable) -> Response in
            try function(view)(request, repeat each variables).response(to: request)
        }
    }

    /// Answers a method with a function that returns nothing: 204.
    public mutating func on<each Variable: PathVariable>(
        _ method: HTTPMethod, _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Void
    ) {
        add(method, operation) { (view: View, request: Request, variables: repeat each Variable) -> Response in
            try function(view)(request, repeat each variables)
            return Response(status: .noContent)
        }
    }

    private mutating func add<each Variable: PathVariable>(
        _ method: HTTPMethod, _ operation: APIOperation?,
        _ function: @escaping (View, Request, repeat each Variable) throws -> Response
    ) {
        var kinds: [PathKind] = []
        for type in repeat (each Variable).self { kinds.append(type.pathKind) }
        if let operation { operations[method] = operation }
        let isDescribed = operation != nil
        entries.append(
            Entry(method: method, kinds: kinds) { view, request in
                var next = VariableReader(request)
                let answer = { try function(view, request, repeat try next.read((each Variable).self)) }
                return isDescribed ? try APIOperation.answeringErrors(request, answer) : try answer()
            })
    }
}
