/// Talks to an app in process, as a browser would: it keeps cookies and follows redirects when asked.
///
/// ```swift
/// let client = app.testClient()
/// let page = client.post("/auth/login", form: ["email": "john@example.com", "password": "cat"], followRedirects: true)
/// #expect(page.status == 200 && page.text.contains("Hello, john"))
/// ```
public final class TestClient {
    public let app: App
    /// The cookies the app has set, with their hosts, paths and times.
    public var cookieJar = CookieJar()
    /// The same by name alone, which is nearly always enough. Setting one makes it for every host and path.
    public var cookies: [String: String] {
        get { cookieJar.values }
        set {
            let before = cookieJar.values
            for name in Set(before.keys).union(newValue.keys) where before[name] != newValue[name] {
                cookieJar[name] = newValue[name]
            }
        }
    }
    /// Headers sent with every request.
    public var headers: [String: String] = [:]
    public var host = "localhost"
    public var scheme = "http"
    public var remoteAddress = "127.0.0.1"

    /// Where requests go over the wire; nil answers them in process.
    private let server: LiveServer?

    init(_ app: App) {
        self.app = app
        server = nil
    }

    /// A client that sends the same requests to a running server, such as `127.0.0.1:8000`.
    /// - Parameters:
    ///   - address: an IPv4 address or `localhost`, and a port
    ///   - app: the app that runs there, for what a test asks it about; nothing is answered by it
    /// - Throws: when the address is none
    public init(server address: String, app: App = App("live")) throws {
        self.app = app
        server = try LiveServer(address)
        host = address
    }

    public func get(_ target: String, headers: [String: String] = [:], followRedirects: Bool = false) -> TestResponse {
        send("GET", target, headers: headers, followRedirects: followRedirects)
    }

    public func head(_ target: String, headers: [String: String] = [:]) -> TestResponse {
        send("HEAD", target, headers: headers)
    }

    public func delete(_ target: String, headers: [String: String] = [:]) -> TestResponse {
        send("DELETE", target, headers: headers)
    }

    /// Sends a form.
    public func post(
        _ target: String, form: KeyValuePairs<String, String> = [:], headers: [String: String] = [:],
        followRedirects: Bool = false
    ) -> TestResponse {
        let bytes = Array(Self.encoded(form.map { ($0.key, $0.value) }).utf8)
        return send(
            "POST", target, body: bytes, type: "application/x-www-form-urlencoded", headers: headers,
            followRedirects: followRedirects)
    }

    /// Sends JSON with POST, or another method.
    public func send(
        _ method: HTTPMethod = .post, _ target: String, json: JSONValue, headers: [String: String] = [:]
    ) -> TestResponse {
        var writer = JSONWriter()
        writer.value(json)
        return send(method, target, body: writer.bytes, type: "application/json", headers: headers)
    }

    /// Sends anything. `target` is path and query as they go over the wire: encode what needs it.
    public func send(
        _ method: HTTPMethod, _ target: String, body: [UInt8]? = nil, type: String? = nil,
        headers: [String: String] = [:], followRedirects: Bool = false
    ) -> TestResponse {
        var response = answer(method, target, body: body, type: type, headers: headers)
        if (300..<400).contains(response.status.code) { response.location = response.location.map(local) }
        keepCookies(response.headers, of: target)
        guard followRedirects else { return response }
        return follow(response, method, body: body, type: type, headers: headers)
    }

    private func answer(
        _ method: HTTPMethod, _ target: String, body: [UInt8]?, type: String?, headers: [String: String]
    ) -> TestResponse {
        if let server { return TestResponse(server, method, target, body, headers: wireHeaders(target, type, headers)) }
        let exchange = app.respond(to: request(method, target, body: body, type: type, headers: headers))
        let response = TestResponse(exchange)
        exchange.finish(bytesWritten: Int64(response.bytes.count))
        return response
    }

    private func wireHeaders(_ target: String, _ type: String?, _ more: [String: String]) -> [(String, String)] {
        var headers = [("Host", host)]
        if let type { headers.append(("Content-Type", type)) }
        if let cookies = cookieHeader(target) { headers.append(("Cookie", cookies)) }
        return headers + self.headers.merging(more, uniquingKeysWith: { $1 }).map { ($0.key, $0.value) }
    }

    /// The cookies for an address, as a `Cookie` header; nil when there are none.
    private func cookieHeader(_ target: String) -> String? {
        let cookies = cookieJar.cookies(host: host, path: Self.path(of: target), now: app.unixTime())
        return cookies.isEmpty ? nil : cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    }

    /// The request as a gateway would make it, for tests that need it by itself.
    public func request(
        _ method: HTTPMethod, _ target: String, body: [UInt8]? = nil, type: String? = nil,
        headers: [String: String] = [:]
    ) -> HTTPRequest {
        var variables = ServerVariables([
            "REQUEST_METHOD": method.rawValue, "REQUEST_URI": target, "REQUEST_SCHEME": scheme, "HTTP_HOST": host,
            "REMOTE_ADDR": remoteAddress, "SERVER_PROTOCOL": "HTTP/1.1",
        ])
        if let body { variables.append("CONTENT_LENGTH", String(body.count)) }
        if let type { variables.append("CONTENT_TYPE", type) }
        if let cookies = cookieHeader(target) { variables.append("HTTP_COOKIE", cookies) }
        for (name, value) in self.headers.merging(headers, uniquingKeysWith: { $1 }) {
            variables.append(Self.variable(name), value)
        }
        return HTTPRequest(variables: variables, body: body.map { .bytes($0) } ?? .none, limits: app.limits)
    }

    /// 307 and 308 repeat the request; the others become a GET. Ten steps at most.
    private func follow(
        _ first: TestResponse, _ method: HTTPMethod, body: [UInt8]?, type: String?, headers: [String: String]
    ) -> TestResponse {
        var response = first
        for _ in 0..<10 {
            guard (300..<400).contains(response.status.code), let location = response.location else { return response }
            let repeats = response.status.code == 307 || response.status.code == 308
            let target = local(location)
            response =
                repeats
                ? send(method, target, body: body, type: type, headers: headers) : send(.get, target, headers: headers)
        }
        return response
    }

    /// Keeps the cookies of a response to a request for `target`.
    func keepCookies(_ headers: Headers, of target: String = "/") {
        for header in headers.all("Set-Cookie") {
            cookieJar.keep(header, host: host, path: Self.path(of: target), now: app.unixTime())
        }
    }

    /// An address without this client's own scheme and host.
    func local(_ address: String) -> String {
        let base = "\(scheme)://\(host)"
        guard address.hasPrefix(base) else { return address }
        let rest = address.dropFirst(base.count)
        return rest.isEmpty ? "/" : String(rest)
    }

    private static func path(of target: String) -> String { String(target.prefix { $0 != "?" && $0 != "#" }) }

    private static func variable(_ header: String) -> String {
        let name = header.uppercased().split(separator: "-", omittingEmptySubsequences: false).joined(separator: "_")
        return name == "CONTENT_TYPE" || name == "CONTENT_LENGTH" ? name : "HTTP_" + name
    }
}

extension App {
    /// A client for tests. Using it closes registration, as serving does.
    public func testClient() -> TestClient { TestClient(self) }
}
