import Glibc

/// What a test sees of a response: its body read to the end, files and streams included.
public struct TestResponse {
    public let status: Status
    public let headers: Headers
    public let bytes: [UInt8]
    /// The error that a view threw, when it threw one.
    public let error: (any Error)?
    /// What happened while the request was answered; empty for a server in another process.
    public let trace: RequestTrace
    /// What went wrong while a stream was read, as the gateway would have seen it.
    public let bodyError: (any Error)?

    public var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Where a redirect leads: a path when it stays where the client is, even if the header names scheme and host.
    public internal(set) var location: String?

    public var contentType: String? { headers["Content-Type"] }

    /// The body as JSON. Throws when it is not.
    public func json() throws -> JSONValue { try JSONValue(parsing: bytes) }

    /// The body as JSON of a type. Throws when it is none or does not fit, with the place.
    public func json<Value: Decodable>(as type: Value.Type) throws -> Value { try Value(json: bytes) }

    init(_ exchange: Exchange) {
        status = exchange.response.status
        headers = exchange.response.headers
        location = headers["Location"]
        error = exchange.request.error
        trace = exchange.request.trace
        var (bytes, bodyError): ([UInt8], (any Error)?) = ([], nil)
        do { bytes = try Self.read(exchange.response.body) } catch { bodyError = error }
        (self.bytes, self.bodyError) = (bytes, bodyError)
    }

    /// The answer of a server; when none came, status 0 with the reason as `error`.
    init(
        _ server: LiveServer, _ method: HTTPMethod, _ target: String, _ body: [UInt8]?, headers: [(String, String)]
    ) {
        trace = RequestTrace()
        do {
            let answer = try server.send(method, target, headers: headers, body: body ?? [])
            (status, self.headers, bytes) = (answer.status, answer.headers, answer.body)
            (error, bodyError) = (nil, nil)
            location = self.headers["Location"]
        } catch {
            (status, self.headers, bytes) = (0, Headers(), [])
            (self.error, bodyError) = (error, nil)
        }
    }

    private static func read(_ body: ResponseBody) throws -> [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .chunks(let next):
            var bytes: [UInt8] = []
            while let chunk = try next() { bytes += chunk }
            return bytes
        case .file(let path, let offset, let length):
            var info = stat()
            guard stat(path, &info) == 0 else { throw LogError(path: path, code: errno) }
            let whole = try RequestBody.file(path: path, size: Int64(info.st_size)).bytes(limit: .max)
            return Array(whole.dropFirst(Int(offset)).prefix(Int(length)))
        }
    }
}
