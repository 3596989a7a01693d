/// Whom a request's headers about itself are believed.
public struct RequestTrust: Sendable {
    /// Proxies in front of the web server: only their `X-Forwarded-…` headers count.
    public var proxies: [AddressRange] = []
    /// The hosts that are served: `example.org`, or `.example.org` for it and all below it. Empty serves any.
    public var hosts: [String] = []

    public init() {}

    /// Whether no proxy is believed and any host served.
    public var isEmpty: Bool { proxies.isEmpty && hosts.isEmpty }

    /// Whether a host, with or without its port, is one of `hosts`.
    public func serves(host: String) -> Bool {
        if hosts.isEmpty { return true }
        let name = Self.withoutPort(host).lowercased()
        return hosts.contains { pattern in
            let pattern = pattern.lowercased()
            guard pattern.hasPrefix(".") else { return name == Self.withoutPort(pattern) }
            return name == pattern.dropFirst() || name.hasSuffix(pattern)
        }
    }

    /// `example.org` of `example.org:8080`; `[::1]` of `[::1]:80`.
    static func withoutPort(_ host: String) -> String {
        let bytes = host.utf8
        guard let colon = bytes.lastIndex(of: ASCII.colon),
            bytes[bytes.index(after: colon)...].allSatisfy(ASCII.isDigit)
        else { return host }
        return String(host[..<colon])
    }
}

/// What trusted proxies say about a request.
struct Forwarded {
    var address: String?
    var scheme: String?
    var host: String?
    var port: String?
    var prefix: String?

    /// - Parameters:
    ///   - headers: the request's
    ///   - peer: who the web server spoke with
    /// - Returns: nil when the peer is not trusted: then nobody says anything.
    init?(_ headers: RequestHeaders, peer: String, _ trust: RequestTrust) {
        guard let peer = IPAddress(peer), Self.isTrusted(peer, trust) else { return nil }
        address = Self.client(headers["X-Forwarded-For"], trust)
        scheme = Self.last(headers["X-Forwarded-Proto"])?.lowercased()
        if scheme != "http", scheme != "https" { scheme = nil }
        host = Self.last(headers["X-Forwarded-Host"]).flatMap { $0.utf8.allSatisfy(HTTPRequest.isHostByte) ? $0 : nil }
        port = Self.last(headers["X-Forwarded-Port"]).flatMap { UInt16($0) == nil ? nil : $0 }
        prefix = Self.last(headers["X-Forwarded-Prefix"]).flatMap(Self.cleanPrefix)
    }

    private static func isTrusted(_ address: IPAddress, _ trust: RequestTrust) -> Bool {
        trust.proxies.contains { $0.contains(address) }
    }

    /// From the right, each trusted proxy vouches for the address before it: the first that is no proxy is the client.
    private static func client(_ header: String?, _ trust: RequestTrust) -> String? {
        var client: IPAddress?
        for item in (header ?? "").split(separator: ",").reversed() {
            guard let address = IPAddress(String(item)) else { break }
            client = address
            if !isTrusted(address, trust) { break }
        }
        return client?.text
    }

    /// The nearest proxy's word; what stands before it may come from the client.
    private static func last(_ header: String?) -> String? {
        guard let last = header?.split(separator: ",").last else { return nil }
        let text = String(decoding: last.utf8.trimmed(), as: UTF8.self)
        return text.isEmpty ? nil : text
    }

    private static func cleanPrefix(_ text: String) -> String? {
        guard text.utf8.first == ASCII.slash, !text.hasPrefix("//"),
            text.utf8.allSatisfy({
                $0 > 0x20 && $0 < 0x7F && $0 != ASCII.quote && $0 != UInt8(ascii: "<") && $0 != ASCII.backslash
            })
        else { return nil }
        let end = text.utf8.lastIndex { $0 != ASCII.slash }
        return end.map { String(text[...$0]) }
    }
}
