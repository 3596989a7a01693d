/// One HTTP request, as the gateway received it. Everything is parsed when it is first asked for.
///
/// Bytes that are not UTF-8 never fail: text properties replace them, byte properties keep them. What must be refused
/// (malformed percent-encoding, a NUL in the path, a bad length, too many fields) is refused by `validate()`.
public final class HTTPRequest {
    public let variables: ServerVariables
    public let body: RequestBody
    /// How much is read; the app sets its own before it answers.
    public package(set) var limits: RequestLimits
    public let method: HTTPMethod

    /// Where the still encoded path lies in the buffer of the variables.
    private let pathRange: Range<Int>
    private let queryRange: Range<Int>
    /// The decoded path when it differs from the encoded one, which is rare.
    private let decodedPath: [UInt8]?

    public init(variables: ServerVariables, body: RequestBody = .none, limits: RequestLimits = RequestLimits()) {
        self.variables = variables
        self.body = body
        self.limits = limits
        method = variables.withBytes(of: "REQUEST_METHOD", HTTPMethod.init(bytes:)) ?? .get
        let target = RequestTarget(variables)
        pathRange = target.path
        queryRange = target.query
        decodedPath = target.decodedPath
    }

    // MARK: Path and query

    /// The path, percent-decoded, invalid UTF-8 replaced.
    public private(set) lazy var path = withPath { String(decoding: $0, as: UTF8.self) }

    /// The path as the client sent it, without the query.
    public var rawPath: String { text(pathRange) }

    /// The query as the client sent it, without the question mark.
    public var queryString: String { text(queryRange) }

    /// The fields of the query; never more than the limit, which `validate()` refuses to pass.
    public private(set) lazy var query = variables.withStorage {
        Parameters(urlEncoded: UnsafeBufferPointer(rebasing: $0[queryRange]), limit: limits.fields)
    }

    /// Lends the decoded bytes of the path, as routing compares them.
    @inline(__always)
    public func withPath<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        if let decodedPath { return try decodedPath.withUnsafeBufferPointer(body) }
        return try variables.withStorage { try body(UnsafeBufferPointer(rebasing: $0[pathRange])) }
    }

    // MARK: Headers

    public var headers: RequestHeaders { RequestHeaders(variables: variables) }

    public private(set) lazy var cookies = variables.withBytes(of: "HTTP_COOKIE") { Cookies(header: $0) } ?? Cookies()

    /// The media type of the body without its parameters, in lower case.
    public var contentType: String? {
        variables["CONTENT_TYPE"].flatMap { $0.utf8.split(separator: ASCII.semicolon).first }
            .map { String(decoding: $0.trimmed(), as: UTF8.self).lowercased() }
    }

    public var contentLength: Int64? { variables["CONTENT_LENGTH"].flatMap(Int64.init) }
    public var accept: Accept { Accept(headers["Accept"]) }
    public var acceptLanguages: Accept { Accept(headers["Accept-Language"], as: .language) }
    public var acceptCharsets: Accept { Accept(headers["Accept-Charset"], as: .charset) }
    public var acceptEncodings: Accept { Accept(headers["Accept-Encoding"], as: .encoding) }
    /// The credentials of the `Authorization` header; nil when there are none or they are malformed.
    public var authorization: Authorization? { Authorization(headers["Authorization"]) }
    public var ifMatch: ETags? { ETags(headers["If-Match"]) }
    public var ifNoneMatch: ETags? { ETags(headers["If-None-Match"]) }
    /// Seconds since 1970.
    public var ifModifiedSince: Int64? { headers["If-Modified-Since"].flatMap(HTTPDate.seconds) }
    /// Seconds since 1970.
    public var ifUnmodifiedSince: Int64? { headers["If-Unmodified-Since"].flatMap(HTTPDate.seconds) }
    public var userAgent: String? { variables["HTTP_USER_AGENT"] }
    public var referer: String? { variables["HTTP_REFERER"] }

    // MARK: Connection

    /// `https` or `http`: a trusted proxy's word, else REQUEST_SCHEME or HTTPS.
    public var scheme: String {
        if let scheme = forwarded?.scheme { return scheme }
        if let scheme = variables["REQUEST_SCHEME"], scheme == "http" || scheme == "https" { return scheme }
        return variables["HTTPS"] == "on" ? "https" : "http"
    }

    /// Name and port the client asked for, the scheme's usual port left out. A host with anything but letters, digits
    /// and `.-:[]_` is not believed.
    public var host: String {
        var host = forwarded?.host ?? sentHost ?? variables["SERVER_NAME"] ?? "localhost"
        if let port = forwarded?.port { host = RequestTrust.withoutPort(host) + ":" + port }
        let usual = scheme == "https" ? ":443" : ":80"
        return host.hasSuffix(usual) ? String(host.dropLast(usual.utf8.count)) : host
    }

    /// The client's address: REMOTE_ADDR, or what trusted proxies say it is.
    public var remoteAddress: String { forwarded?.address ?? variables["REMOTE_ADDR"] ?? "" }

    /// The path that a trusted proxy took off before it passed the request on (`X-Forwarded-Prefix`); mostly empty.
    public private(set) lazy var prefix = forwarded?.prefix ?? ""

    private lazy var forwarded =
        trust.proxies.isEmpty
        ? nil : Forwarded(headers, peer: variables["REMOTE_ADDR"] ?? "", trust)

    private var sentHost: String? {
        guard let host = variables["HTTP_HOST"], !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else {
            return nil
        }
        return host
    }

    /// The id that nginx gave the request (`REQUEST_ID`), or one made here.
    public private(set) lazy var requestID = sentRequestID ?? Self.randomID()

    /// When the request reached the proxy, in microseconds since 1970 (`REQUEST_START` = nginx's `$msec`).
    /// Nil when it is missing or is not a plausible time.
    public var startedAt: Int64? {
        guard let text = variables["REQUEST_START"], let seconds = Double(text), seconds >= 1_000_000_000,
            seconds < 10_000_000_000
        else { return nil }
        return Int64(seconds * 1_000_000)
    }

    // MARK: Body

    /// The whole body. Throws 413 above `limit` (by default the JSON limit).
    public func bytes(limit: Int64? = nil) throws(HTTPError) -> [UInt8] {
        try body.bytes(limit: limit ?? limits.jsonBytes)
    }

    /// Whom the headers about host, scheme and address are believed; set by the app before anything asks.
    public package(set) var trust = RequestTrust()

    /// The form, once it was read; see `form`.
    var parsedForm: ParsedForm?

    // MARK: Refusals

    /// Refuses what no view should see. The app calls it before routing.
    ///
    /// Throws 400 for a path with malformed percent-encoding or NUL, a bad `Content-Length`, or too many query fields.
    public func validate() throws(HTTPError) {
        if let problem = pathProblem() { throw HTTPError(.badRequest, problem) }
        if let length = variables["CONTENT_LENGTH"], !length.isEmpty {
            guard length.utf8.allSatisfy(ASCII.isDigit), Int64(length) != nil else {
                throw HTTPError(.badRequest, "The Content-Length is not a number of bytes.")
            }
        }
        if !trust.hosts.isEmpty, !trust.serves(host: host) {
            throw HTTPError(.badRequest, "The host \(host.debugDescription) is not served here.")
        }
        guard queryRange.count >= limits.fields else { return }
        let separators = variables.withStorage { $0[queryRange].count { $0 == ASCII.ampersand } }
        if separators >= limits.fields {
            throw HTTPError(.badRequest, "The query has more than \(limits.fields) fields.")
        }
    }

    private func pathProblem() -> String? {
        if decodedPath != nil {
            let malformed = variables.withStorage {
                PercentCoding.firstMalformed(in: UnsafeBufferPointer(rebasing: $0[pathRange]))
            }
            if let malformed { return "The path has malformed percent-encoding at byte \(malformed)." }
        }
        return withPath { $0.contains(0) } ? "The path holds a NUL byte." : nil
    }

    private var sentRequestID: String? {
        variables.withBytes(of: "REQUEST_ID") { bytes -> String? in
            guard (1...128).contains(bytes.count), bytes.allSatisfy(Self.isIDByte) else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        } ?? nil
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.dash || byte == ASCII.underscore
    }

    private func text(_ range: Range<Int>) -> String {
        variables.withStorage { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    static func isHostByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.dot || byte == ASCII.dash || byte == ASCII.colon
            || byte == ASCII.underscore || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
    }

    /// 32 hexadecimal digits, as nginx's `$request_id`. The generator asks the kernel each time: safe after a fork.
    private static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        var text = ""
        for _ in 0..<2 {
            let digits = String(generator.next(), radix: 16)
            text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }
        return text
    }
}
