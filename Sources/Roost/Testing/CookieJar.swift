import Glibc

/// The cookies of a test client: kept and sent by host, path and time, as browsers do (RFC 6265, section 5).
public struct CookieJar {
    public struct Cookie: Equatable {
        public let name: String
        /// As the app wrote it, quotes included.
        public var value: String
        /// The host it belongs to; nil goes to every host.
        public var domain: String?
        /// Whether subdomains get it too.
        public var coversSubdomains = false
        public var path = "/"
        /// Seconds since 1970; nil lasts as long as the client.
        public var expires: Int64?
    }

    public private(set) var all: [Cookie] = []

    public init() {}

    /// The values by name; of several with one name the oldest.
    var values: [String: String] { Dictionary(all.map { ($0.name, $0.value) }) { first, _ in first } }

    /// The value of a cookie, whatever its path. Setting makes one for every host and path; nil forgets it.
    public subscript(name: String) -> String? {
        get { all.first { $0.name == name }?.value }
        set {
            all.removeAll { $0.name == name }
            if let newValue { all.append(Cookie(name: name, value: newValue)) }
        }
    }

    /// Takes in a `Set-Cookie` header of a response to a request for `host` and `path`.
    mutating func keep(_ header: String, host: String, path: String, now: Int64 = Int64(time(nil))) {
        let parts = header.utf8.split(separator: UInt8(ascii: ";"))
        guard let pair = parts.first, let split = pair.firstIndex(of: UInt8(ascii: "=")) else { return }
        var cookie = Cookie(
            name: Self.text(pair[..<split]), value: Self.text(pair[pair.index(after: split)...]),
            domain: RequestHost.normal(host), path: Self.folder(of: path))
        for part in parts.dropFirst() { Self.apply(Self.text(part), to: &cookie, now: now) }
        all.removeAll {
            $0.name == cookie.name && $0.path == cookie.path && ($0.domain ?? cookie.domain) == cookie.domain
        }
        if cookie.expires ?? .max > now { all.append(cookie) }
    }

    /// What a request for `host` and `path` sends; longer paths first.
    func cookies(host: String, path: String, now: Int64 = Int64(time(nil))) -> [Cookie] {
        let host = RequestHost.normal(host)
        return all.filter { cookie in
            guard cookie.expires ?? .max > now, Self.covers(cookie.path, path) else { return false }
            guard let domain = cookie.domain else { return true }
            return host == domain || cookie.coversSubdomains && host.hasSuffix("." + domain)
        }.sorted { $0.path.utf8.count > $1.path.utf8.count }
    }

    private static func apply(_ attribute: String, to cookie: inout Cookie, now: Int64) {
        let sides = attribute.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = sides.count == 2 ? sides[1] : ""
        switch sides[0].lowercased() {
        case "domain":
            cookie.domain = RequestHost.normal(value)
            cookie.coversSubdomains = true
        case "path": if value.hasPrefix("/") { cookie.path = value }
        case "max-age": if let seconds = Int64(value) { cookie.expires = now + seconds }
        case "expires": if cookie.expires == nil { cookie.expires = HTTPDate.seconds(value) }
        default: break
        }
    }

    private static func covers(_ folder: String, _ path: String) -> Bool {
        path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    /// The path up to its last slash.
    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func text(_ bytes: Substring.UTF8View) -> String {
        String(Substring(bytes)).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}
