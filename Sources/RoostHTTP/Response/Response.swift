import RoostMarkup

/// What a response carries after its headers.
public enum ResponseBody {
    case bytes([UInt8])
    /// `length` bytes of a file from `offset` on; the gateway opens and reads it.
    case file(path: String, offset: Int64, length: Int64)
    /// Pieces made while the response is written; nil ends it.
    case chunks(() throws -> [UInt8]?)

    public static var empty: ResponseBody { .bytes([]) }

    /// The size when it is known before writing.
    public var size: Int64? {
        switch self {
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, _, let length): length
        case .chunks: nil
        }
    }
}

/// A response: status, headers, body.
public struct Response {
    public var status: Status
    public var headers: Headers
    public var body: ResponseBody

    public init(status: Status = .ok, headers: Headers = Headers(), body: ResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response of a media type; `contentType` is written by the app, never taken from a client.
    public init(_ bytes: [UInt8], contentType: String, status: Status = .ok) {
        self.init(status: status, body: .bytes(bytes))
        headers["Content-Type"] = contentType
    }

    public static func html(_ text: String, status: Status = .ok) -> Response {
        html(Array(text.utf8), status: status)
    }

    public static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
        trusted(bytes, "text/html; charset=utf-8", status)
    }

    public static func text(_ text: String, status: Status = .ok) -> Response {
        trusted(Array(text.utf8), "text/plain; charset=utf-8", status)
    }

    public static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        trusted(bytes, "application/json", status)
    }

    /// A redirect. `location` is an address; what addresses cannot hold, such as blanks and letters beyond ASCII, is encoded.
    /// A control byte in it is refused as in any header.
    public static func redirect(to location: String, status: Status = 302) -> Response {
        let location = PercentCoding.encodeAddress(location)
        var response = html(redirectPage(location), status: status)
        response.headers["Location"] = location
        return response
    }

    /// Adds a `Set-Cookie` header. Throws when name or attributes would break it.
    public mutating func setCookie(_ cookie: Cookie) throws(HeaderError) {
        try headers.add("Set-Cookie", cookie.headerValue())
    }

    /// Tells the browser to forget a cookie.
    public mutating func deleteCookie(_ name: String, path: String = "/", domain: String? = nil) throws(HeaderError) {
        try setCookie(.removal(of: name, path: path, domain: domain))
    }

    /// Adds names to `Vary`, each once.
    public mutating func vary(on names: String...) {
        var list = headers["Vary"].map { $0.split(separator: ",").map { String($0.utf8.trimmed()) ?? "" } } ?? []
        for name in names where !list.contains(where: { ASCII.equalIgnoringCase($0, name) }) { list.append(name) }
        headers["Vary"] = list.joined(separator: ", ")
    }

    private static func trusted(_ bytes: [UInt8], _ contentType: String, _ status: Status) -> Response {
        var headers = Headers()
        headers.addTrusted("Content-Type", contentType)
        return Response(status: status, headers: headers, body: .bytes(bytes))
    }

    private static func redirectPage(_ location: String) -> [UInt8] {
        var bytes = Array("<!doctype html>\n<title>Redirecting</title>\n<p>The page is at <a href=\"".utf8)
        HTMLEscape.append(location, to: &bytes)
        bytes += "\">".utf8
        HTMLEscape.append(location, to: &bytes)
        bytes += "</a>.\n".utf8
        return bytes
    }
}
