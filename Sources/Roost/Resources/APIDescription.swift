/// What the description of an API says about the whole of it.
public struct APIDescription: Sendable {
    public var title: String
    /// The version of the API, not of OpenAPI.
    public var version: String
    public var description: String?
    /// Ways to say who one is, by the names that operations use.
    public var securitySchemes: [(name: String, scheme: APISecurityScheme)] = []
    /// The names of schemes of which one must be met wherever an operation says nothing else.
    public var security: [String] = []
    /// Errors that every operation may answer with, beside its own.
    public var errors: [Status] = []
    /// What error answers hold; a status that none of them names is described without a body.
    public var errorBodies: [APIErrorBody] = []
    /// Addresses at which the API is served, when they are not that of the description.
    public var servers: [String] = []

    public init(_ title: String, version: String, description: String? = nil) {
        self.title = title
        self.version = version
        self.description = description
    }
}

/// What the answers of an API hold when they are errors of some statuses.
public struct APIErrorBody: Sendable {
    let statuses: [Status]
    let output: OutputSchema
    let isAlsoHTML: Bool

    /// - Parameters:
    ///   - output: the shape of the JSON
    ///   - isAlsoHTML: whether clients that would rather have HTML get a page
    public init(_ statuses: [Status], _ output: OutputSchema, isAlsoHTML: Bool = false) {
        self.statuses = statuses
        self.output = output
        self.isAlsoHTML = isAlsoHTML
    }

    /// The answers' content by media type.
    func content(_ schemas: inout OutputSchemas) -> JSONValue {
        let json: JSONValue = ["application/json": ["schema": schemas.reference(output)]]
        return isAlsoHTML ? json.adding("text/html", ["schema": ["type": "string"]]) : json
    }
}

/// A way to say who one is.
public enum APISecurityScheme: Sendable {
    /// Name and password in `Authorization`.
    case basic
    /// A token in `Authorization`, with a word about its form.
    case bearer(format: String? = nil)
    /// A key in a header.
    case header(String)
    /// A key in a cookie: the session.
    case cookie(String)

    var json: JSONValue {
        switch self {
        case .basic: ["type": "http", "scheme": "basic"]
        case .bearer(nil): ["type": "http", "scheme": "bearer"]
        case .bearer(let format?): ["type": "http", "scheme": "bearer", "bearerFormat": .string(format)]
        case .header(let name): ["type": "apiKey", "in": "header", "name": .string(name)]
        case .cookie(let name): ["type": "apiKey", "in": "cookie", "name": .string(name)]
        }
    }
}

extension App {
    /// The description of the app's API: OpenAPI 3.1, made of its routes.
    /// - Parameters:
    ///   - about: what is said about the whole.
    ///   - includes: which routes are described; those that were registered with an `APIOperation`, unless said
    ///   otherwise.
    /// - Throws: `SetupError` when an operation names a security scheme that there is none of.
    public func openAPI(
        _ about: APIDescription, including includes: (Route) -> Bool = { !$0.operations.isEmpty }
    ) throws -> JSONValue {
        var document = APIDocument(about: about)
        for route in routes where includes(route) && !route.options.isAlias && !route.options.isBuildOnly {
            try document.add(route)
        }
        return document.json
    }

    /// Serves the description of the API at an address: `try app.serveOpenAPI("/openapi.json", APIDescription(…))`.
    ///
    /// It is made once, when it is first asked for.
    public func serveOpenAPI(
        _ pattern: String, _ about: APIDescription, endpoint: String = "openapi",
        including includes: @escaping (Route) -> Bool = { !$0.operations.isEmpty }, file: StaticString = #fileID,
        line: Int = #line
    ) throws {
        var made: JSONValue?
        try get(pattern, endpoint: endpoint, file: file, line: line) { [unowned self] request in
            let document = try made ?? openAPI(about, including: includes)
            made = document
            return JSON(document)
        }
    }
}
