/// What a view may return. Conform your own types to it.
public protocol ResponseConvertible {
    /// Makes the response. What it throws goes to the error handlers, as if the view had thrown it.
    func response(to request: Request) throws -> Response
}

extension Response: ResponseConvertible {
    public func response(to request: Request) -> Response { self }
}

extension String: ResponseConvertible {
    /// `text/html`, as in Flask. What came from a user must have been escaped: templates and `SafeHTML` do.
    public func response(to request: Request) -> Response { .html(self) }
}

extension SafeHTML: ResponseConvertible {
    public func response(to request: Request) -> Response { .html(text) }
}

extension Array: ResponseConvertible where Element == UInt8 {
    public func response(to request: Request) -> Response {
        Response(self, contentType: "application/octet-stream")
    }
}

extension Status: ResponseConvertible {
    /// The status alone, without a body.
    public func response(to request: Request) -> Response { Response(status: self) }
}

extension Optional: ResponseConvertible where Wrapped: ResponseConvertible {
    /// Nil is a 404.
    public func response(to request: Request) throws -> Response {
        guard let self else { throw HTTPError(.notFound) }
        return try self.response(to: request)
    }
}

/// A JSON response of any `Encodable`, or of a `JSONWritable` where speed matters.
///
/// ```swift
/// app.get("/api/posts/<int:id>") { (request, id: Int) in JSON(try Post.find(id)) }
/// ```
public struct JSON: ResponseConvertible {
    private let status: Status
    private let write: (inout JSONWriter) throws -> Void

    public init(_ value: some Encodable, status: Status = .ok) {
        self.status = status
        write = { try $0.encode(value) }
    }

    public init(_ value: some JSONWritable, status: Status = .ok) {
        self.status = status
        write = { value.write(to: &$0) }
    }

    public init(_ value: some JSONWritable & Encodable, status: Status = .ok) {
        self.status = status
        write = { value.write(to: &$0) }
    }

    /// JSON of any shape: `JSON(["error": "not found", "code": 404])`.
    public init(_ value: JSONValue, status: Status = .ok) {
        self.status = status
        write = { value.write(to: &$0) }
    }

    /// JSON written by hand.
    public init(status: Status = .ok, _ write: @escaping (inout JSONWriter) throws -> Void) {
        self.status = status
        self.write = write
    }

    public func response(to request: Request) throws -> Response {
        var writer = JSONWriter(capacity: 4096)
        try write(&writer)
        writer.endLine()
        return .json(writer.bytes, status: status)
    }
}

/// A redirect, 302 unless said otherwise. `location` is already encoded, as `urlFor` makes it.
public func redirect(to location: String, status: Status = 302) -> Response {
    .redirect(to: location, status: status)
}
