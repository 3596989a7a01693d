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
    /// The host without port in lower case; filled in only when routes depend on it.
    var hostBytes: [UInt8] = []

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

    /// The variables of the route as text, by name: those of the path, the host and the defaults.
    public var variables: [String: String] {
        guard let route else { return [:] }
        var values: [String: String] = [:]
        for (index, name) in route.variableNames.enumerated() {
            values[name] = withVariable(index) { String(decoding: $0, as: UTF8.self) }
        }
        for (name, value) in route.options.defaults { values[name] = value.pathText }
        return values
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
    public var accept: Accept { http.accept }
    public var authorization: Authorization? { http.authorization }
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
        // Most clients name neither, or take anything: nothing to weigh.
        let isUndecided = http.variables.withBytes(of: "HTTP_ACCEPT") { $0.elementsEqual("*/*".utf8) } ?? true
        return !isUndecided && http.accept.best(of: ["text/html", "application/json"]) == "application/json"
    }

    // MARK: Variables

    /// The path variable at a place in the pattern, or the default behind them. Throws 404 when the value is not one
    /// after all.
    func variable<Value: PathVariable>(_ index: Int, _ type: Value.Type) throws -> Value {
        guard index < captures.count else {
            guard let value = route?.options.defaults[index - captures.count].value as? Value else {
                throw HTTPError(.notFound)
            }
            return value
        }
        guard let value = withVariable(index, Value.init(pathBytes:)) else { throw HTTPError(.notFound) }
        return value
    }

    /// Lends the bytes of a variable: of the host when its range lies before the path.
    private func withVariable<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = captures[index]
        guard range.lowerBound < 0 else {
            return http.withPath { body(UnsafeBufferPointer(rebasing: $0[range])) }
        }
        let count = hostBytes.count
        return hostBytes.withUnsafeBufferPointer { host in
            body(UnsafeBufferPointer(rebasing: host[range.lowerBound + count..<range.upperBound + count]))
        }
    }
}
