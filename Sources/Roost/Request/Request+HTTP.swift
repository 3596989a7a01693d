// What Flask's request tells beside the fields: the whole address, the body's kind, the client's wishes.
extension Request {
    /// Scheme, host, path and query as the client sent them.
    public var url: String { "\(scheme)://\(host)\(http.prefix)\(fullPath)" }
    /// The same without the query.
    public var baseURL: String { "\(scheme)://\(host)\(http.prefix)\(http.rawPath)" }
    /// Scheme and host, with the slash behind them.
    public var rootURL: String { "\(scheme)://\(host)\(http.prefix)/" }
    public var isSecure: Bool { scheme == "https" }
    /// The media type of the body without its parameters, in lower case.
    public var contentType: String? { http.contentType }
    public var contentLength: Int64? { http.contentLength }
    public var userAgent: String? { http.userAgent }
    public var referrer: String? { http.referer }
    public var acceptLanguages: Accept { http.acceptLanguages }
    public var acceptEncodings: Accept { http.acceptEncodings }

    /// Lends the raw body piece by piece, 64 KB at most each, however large it is: for bodies that are no form.
    ///
    /// Throws what `body` throws, and 500 when a spooled body cannot be read.
    public func withBodyChunks(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try http.body.withChunks(body)
    }
}
