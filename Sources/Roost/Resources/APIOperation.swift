/// What the description of an API says about one method of a route.
public struct APIOperation: Sendable {
    /// One line.
    public var summary: String
    /// More, in Markdown.
    public var description: String?
    /// Groups in which tools show it.
    public var tags: [String]
    /// The arguments that the view reads.
    public var arguments: RequestParser?
    /// Whether there must be a body although none of the arguments in it must be there.
    public var requiresBody: Bool
    /// What the view returns; nil for nothing, or for what is not described.
    public var output: OutputSchema?
    /// The status of success.
    public var status: Status
    /// Headers that every success has, with what they say.
    public var headers: [(name: String, description: String)]
    /// The errors that a caller should expect, beside 400 for arguments.
    public var errors: [Status]
    /// The names of security schemes of which one must be met; nil takes those of the whole API, none is open to all.
    public var security: [String]?
    public var isDeprecated = false

    public init(
        _ summary: String, description: String? = nil, tags: [String] = [], arguments: RequestParser? = nil,
        output: OutputSchema? = nil, status: Status = .ok, errors: [Status] = [], security: [String]? = nil,
        headers: [(name: String, description: String)] = [], requiresBody: Bool = false
    ) {
        self.summary = summary
        self.description = description
        self.tags = tags
        self.arguments = arguments
        self.output = output
        self.status = status
        self.errors = errors
        self.security = security
        self.headers = headers
        self.requiresBody = requiresBody
    }

    /// Runs a view of an API: wrong arguments are answered in JSON, whatever the client accepts, unless the app has an
    /// error handler for `ArgumentErrors`.
    static func answeringErrors(
        _ request: Request, _ view: () throws -> Response
    ) throws -> Response {
        do { return try view() } catch let errors as ArgumentErrors {
            return try request.app.handled(errors, request) ?? errors.response(to: request)
        }
    }
}

extension RouteRegistry {
    /// The same registry; views registered through it are part of the API's description, with what is said here.
    ///
    /// ```swift
    /// let list = APIOperation("All posts", arguments: listArguments, output: postOutput.schema.list("posts"))
    /// try api.describing(list).get("/posts/") { request in … }
    /// ```
    public func describing(_ operation: APIOperation) -> DescribedRoutes { DescribedRoutes(self, operation) }
}

/// Routes that are registered with their description.
public final class DescribedRoutes: RouteRegistry {
    private let registry: any RouteRegistry
    private let operation: APIOperation

    init(_ registry: any RouteRegistry, _ operation: APIOperation) {
        self.registry = registry
        self.operation = operation
    }

    public func add(_ registration: RouteRegistration) throws {
        var described = registration
        for name in registration.methods.names { described.operations[HTTPMethod(name)] = operation }
        let view = registration.view
        described.view = { request in try APIOperation.answeringErrors(request) { try view(request) } }
        try registry.add(described)
    }
}
