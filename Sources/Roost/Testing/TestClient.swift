/// Talks to an app in process, as a browser would: it keeps cookies and follows redirects when asked.
///
/// ```swift
/// let client = app.testClient()
/// let page = client.post("/auth/login", form: ["email": "john@example.com", "password": "cat"], followRedirects: true)
/// #expect(page.status == 200 && page.text.contains("Hello, john"))
/// ```
public final class TestClient {
    public let app: App
    /// The cookies the app has set, by name.
    public var cookies: [String: String] = [:]
    /// Headers sent with every request.
    public var headers: [String: String] = [:]
    public var host = "localhost"
    public var scheme = "http"
    public var remoteAddress = "127.0.0.1"

    init(_ app: App) { self.app = app }

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
        var bytes: [UInt8] = []
        for (name, value) in form {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            PercentCoding.appendQuery(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentCoding.appendQuery(value, to: &bytes)
        }
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
        let http = request(method, target, body: body, type: type, headers: headers)
        let exchange = app.respond(to: http)
        let response = TestResponse(exchange)
        exchange.finish(bytesWritten: Int64(response.bytes.count))
        keepCookies(response.headers)
        guard followRedirects else { return response }
        return follow(response, method, body: body, type: type, headers: headers)
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
        if !cookies.isEmpty {
            let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            variables.append("HTTP_COOKIE", pairs.joined(separator: "; "))
        }
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
            let target =
                location.hasPrefix("\(scheme)://\(host)")
                ? String(location.dropFirst("\(scheme)://\(host)".count)) : location
            response =
                repeats
                ? send(method, target, body: body, type: type, headers: headers) : send(.get, target, headers: headers)
        }
        return response
    }

    func keepCookies(_ headers: Headers) {
        for header in headers.all("Set-Cookie") {
            let parts = header.split(separator: ";")
            guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
                pair.count == 2
            else { continue }
            cookies[String(pair[0])] = parts.contains(" Max-Age=0") ? nil : String(pair[1])
        }
    }

    private static func variable(_ header: String) -> String {
        let name = header.uppercased().split(separator: "-", omittingEmptySubsequences: false).joined(separator: "_")
        return name == "CONTENT_TYPE" || name == "CONTENT_LENGTH" ? name : "HTTP_" + name
    }
}

extension App {
    /// A client for tests. Using it closes registration, as serving does.
    public func testClient() -> TestClient { TestClient(self) }
}
