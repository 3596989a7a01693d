/// A view as a type: one method for each method of HTTP, one route for all of them.
///
/// ```swift
/// struct PostView: MethodView {
///     let posts: Posts
///
///     static var decorators: [ViewDecorator] { [noStore] }
///
///     static func methods(_ methods: inout ViewMethods<Self>) {
///         methods.get(Self.show)
///         methods.delete(Self.remove)
///     }
///
///     func show(_ request: Request, id: Int) throws -> JSON { JSON(try posts.find(id)) }
///     func remove(_ request: Request, id: Int) throws { try posts.remove(id) }
/// }
///
/// try app.view("/posts/<int:id>", PostView(posts: posts))
/// ```
public protocol MethodView {
    /// Names the methods that the view answers.
    static func methods(_ methods: inout ViewMethods<Self>)

    /// Wrapped around all methods, the first one innermost, as in Flask.
    static var decorators: [ViewDecorator] { get }
}

extension MethodView {
    public static var decorators: [ViewDecorator] { [] }
}

/// Wraps a view: it may answer instead of it, or change its response.
///
/// ```swift
/// let noStore: ViewDecorator = { view in
///     { request in
///         var response = try view(request)
///         response.headers["Cache-Control"] = "no-store"
///         return response
///     }
/// }
/// ```
public typealias ViewDecorator = @Sendable (@escaping (Request) throws -> Response) -> (Request) throws -> Response

extension RouteRegistry {
    /// Registers a view that is a type.
    /// - Parameters:
    ///   - pattern: as for `route`.
    ///   - view: makes the view, anew for each request.
    ///   - endpoint: as for `route`.
    /// - Throws: `SetupError` when the view has no methods, they take different variables, or `route` would refuse it.
    public func view<View: MethodView>(
        _ pattern: String, _ view: @autoclosure @escaping () throws -> View, endpoint: String? = nil,
        strictSlashes: Bool = true, options: RouteOptions = RouteOptions(), file: StaticString = #fileID,
        line: Int = #line
    ) throws {
        let site = CallSite(file: file, line: line)
        var methods = ViewMethods<View>()
        View.methods(&methods)
        guard let first = methods.entries.first else {
            throw SetupError("the view \(View.self) answers no method: name them in methods(_:)", at: site)
        }
        if let other = methods.entries.first(where: { $0.kinds != first.kinds }) {
            throw SetupError(
                "the view \(View.self) takes other variables for \(other.method) than for \(first.method)", at: site)
        }
        if let twice = methods.repeated {
            throw SetupError("the view \(View.self) answers \(twice) twice", at: site)
        }
        let entries = methods.entries
        var answer: (Request) throws -> Response = { request in
            // HEAD is a GET whose body is not sent.
            let method = request.method == .head ? .get : request.method
            let entry = entries.first { $0.method == request.method } ?? entries.first { $0.method == method }
            guard let entry else { throw HTTPError(.methodNotAllowed) }
            return try entry.answer(try view(), request)
        }
        for decorator in View.decorators { answer = decorator(answer) }
        var registration = RouteRegistration(
            pattern: pattern, methods: HTTPMethodSet(entries.map(\.method)), endpoint: endpoint,
            strictSlashes: strictSlashes, kinds: first.kinds, site: site, options: options, view: answer)
        registration.operations = methods.operations
        try add(registration)
    }
}
