/// One request on its way through an app: what the client sent, where it was routed, and what belongs to it.
public final class Request {
    public let http: HTTPRequest
    public let app: App
    public let trace = RequestTrace()
    /// What other rooms and the app keep with the request: session, database, current user.
    public var storage = Storage()
    /// The error that the view or a hook threw, also when a handler made a page of it.
    public internal(set) var error: (any Error)?
    /// The route that was found; nil when none was.
    public internal(set) var route: Route?
    var captures: [Range<Int>] = []

    init(_ http: HTTPRequest, app: App) {
        self.http = http
        self.app = app
        if let observer = app.phaseObserver {
            trace.phaseChanged = { [unowned self] in observer($0, self) }
        }
    }

    /// The full endpoint, `auth.login`; nil when no route was found.
    public var endpoint: String? { route?.endpoint }

    /// The blueprint of the route, `auth` or `admin.users`; nil outside blueprints.
    public var blueprint: String? { route?.blueprint }

    /// The path variables as text, by name.
    public var variables: [String: String] {
        guard let route else { return [:] }
        let values = http.withPath { path in
            captures.map { String(decoding: UnsafeBufferPointer(rebasing: path[$0]), as: UTF8.self) }
        }
        return Dictionary(uniqueKeysWithValues: zip(route.pattern.variableNames, values))
    }

    // MARK: What the client sent

    public var method: HTTPMethod { http.method }
    public var path: String { http.path }
    public var query: Parameters { http.query }
    /// The fields of the query, by Flask's name for them.
    public var args: Parameters { http.query }
    /// The fields of the form, urlencoded or multipart. Throws 413, 431 or 400: see `HTTPRequest.form`.
    public var form: Parameters { get throws { try http.form } }
    /// The uploaded files of a multipart form. Throws as `form`.
    public var files: Files { get throws { try http.files } }
    /// The fields of the query and then those of the form.
    public var values: Parameters { get throws { try http.query + http.form } }
    public var headers: RequestHeaders { http.headers }
    public var cookies: Cookies { http.cookies }
    public var host: String { http.host }
    public var scheme: String { http.scheme }
    public var remoteAddress: String { http.remoteAddress }
    public var requestID: String { http.requestID }
    public func json() throws -> JSONValue { try http.json() }
    /// The JSON body as a type; see `HTTPRequest.json(as:)`.
    public func json<Value: Decodable>(as type: Value.Type) throws -> Value { try http.json(as: type) }
    /// Whether the body says that it is JSON.
    public var isJSON: Bool { http.isJSON }
    /// The whole body; throws 413 above `limit` bytes (by default those of JSON).
    public func bytes(limit: Int64? = nil) throws -> [UInt8] { try http.bytes(limit: limit) }

    /// Path and query as the client sent them: what `next` parameters carry.
    public var fullPath: String {
        let query = http.queryString
        return query.isEmpty ? http.rawPath : http.rawPath + "?" + query
    }

    /// Whether the client would rather have JSON than HTML, by its `Accept`.
    public var wantsJSON: Bool {
        guard headers.contains("Accept") else { return false }
        return http.accept.best(of: ["text/html", "application/json"]) == "application/json"
    }

    // MARK: Addresses

    /// The address of an endpoint; `.name` is looked up in the request's own blueprint.
    ///
    /// Throws `URLError` when the endpoint is unknown or a path variable is missing or impossible.
    public func urlFor(
        _ endpoint: String, _ values: KeyValuePairs<String, any URLValue> = [:], external: Bool = false,
        anchor: String? = nil
    ) throws -> String {
        try urlFor(endpoint, values: values.map { ($0.key, $0.value) }, external: external, anchor: anchor)
    }

    /// As above, for values collected when the program runs (templates).
    public func urlFor(
        _ endpoint: String, values: [(String, any URLValue)], external: Bool = false, anchor: String? = nil
    ) throws -> String {
        let path = try app.urls.path(endpoint, values, blueprint: blueprint, anchor: anchor)
        return external ? "\(scheme)://\(host)\(path)" : path
    }

    /// The path variable at a place in the pattern. Throws 404 when the value is not one after all.
    func variable<Value: PathVariable>(_ index: Int, _ type: Value.Type) throws -> Value {
        let range = captures[index]
        guard let value = http.withPath({ Value(pathBytes: UnsafeBufferPointer(rebasing: $0[range])) }) else {
            throw HTTPError(.notFound)
        }
        return value
    }
}
