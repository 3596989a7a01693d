/// One place the pool accepts connections, and the protocol spoken there.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    public enum Place: Hashable, Sendable {
        case unix(path: String)
        case tcp(host: String, port: UInt16)
        /// A descriptor passed by the service manager under this name (LISTEN_FDNAMES).
        case inherited(name: String)
    }

    /// What the gateway speaks on the connections of this listener; the pool only carries the tag.
    public enum Wire: String, Hashable, Sendable { case fastCGI, uwsgi }

    public let place: Place
    public let wire: Wire

    public init(_ place: Place, wire: Wire = .fastCGI) {
        self.place = place
        self.wire = wire
    }

    /// Parses `unix:PATH`, `HOST:PORT` (`[::1]:9000` for IPv6), `fd:NAME`, each with or without the prefix `uwsgi+`.
    ///
    /// Throws `SettingsError` naming what is wrong.
    public init(parsing text: String) throws {
        let prefix = "uwsgi+"
        wire = text.hasPrefix(prefix) ? .uwsgi : .fastCGI
        place = try Self.place(wire == .uwsgi ? String(text.dropFirst(prefix.count)) : text)
    }

    private static func place(_ text: String) throws -> Place {
        if text.hasPrefix("unix:") { return .unix(path: try socketPath(String(text.dropFirst(5)))) }
        if text.hasPrefix("fd:") {
            guard text.utf8.count > 3 else { throw refusal(text, "needs a name after \"fd:\"") }
            return .inherited(name: String(text.dropFirst(3)))
        }
        return try hostAndPort(text)
    }

    private static func socketPath(_ path: String) throws -> String {
        guard !path.isEmpty else { throw refusal("unix:", "needs a path after \"unix:\"") }
        guard !path.utf8.contains(0) else { throw refusal(path, "has a NUL byte in the path") }
        guard path.utf8.count <= 107 else {
            throw refusal(path, "is \(path.utf8.count) bytes long; the kernel takes 107")
        }
        return path
    }

    private static func hostAndPort(_ text: String) throws -> Place {
        guard let colon = text.lastIndex(of: ":") else {
            throw refusal(text, "is none of unix:PATH, HOST:PORT, fd:NAME")
        }
        var host = String(text[..<colon])
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits), port > 0 else {
            throw refusal(text, "has no port from 1 to 65535 after the colon")
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.utf8.contains(0x3A) {
            throw refusal(text, "an IPv6 address needs brackets: [\(host)]:\(port)")
        }
        guard !host.isEmpty else { throw refusal(text, "needs a host before the port") }
        return .tcp(host: host, port: port)
    }

    private static func refusal(_ text: String, _ reason: String) -> SettingsError {
        SettingsError("listen", "\"\(text)\" \(reason)")
    }

    public var description: String {
        let prefix = wire == .uwsgi ? "uwsgi+" : ""
        switch place {
        case .unix(let path): return prefix + "unix:" + path
        case .tcp(let host, let port): return prefix + (host.utf8.contains(0x3A) ? "[\(host)]" : host) + ":\(port)"
        case .inherited(let name): return prefix + "fd:" + name
        }
    }
}
