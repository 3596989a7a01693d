/// Name and attributes of a cookie that the framework writes.
public struct CookieSettings: Sendable {
    public var name: String
    /// Without it the browser sends the cookie to this host alone.
    public var domain: String?
    public var path: String
    /// Sent over HTTPS only.
    public var isSecure: Bool
    /// Sent over HTTPS only when it was set over HTTPS, for an app that is also reached without it.
    public var followsScheme = false
    /// Hidden from scripts.
    public var isHTTPOnly: Bool
    public var sameSite: Cookie.SameSite?
    /// Kept apart for each site that embeds this one; it makes the cookie secure too.
    public var isPartitioned: Bool

    public init(
        _ name: String, domain: String? = nil, path: String = "/", isSecure: Bool = false, isHTTPOnly: Bool = true,
        sameSite: Cookie.SameSite? = nil, isPartitioned: Bool = false
    ) {
        self.name = name
        self.domain = domain
        self.path = path
        self.isSecure = isSecure
        self.isHTTPOnly = isHTTPOnly
        self.sameSite = sameSite
        self.isPartitioned = isPartitioned
    }

    /// A cookie with these attributes, for the response to a request.
    /// - Parameter expires: seconds since 1970; nil: until the browser closes
    func cookie(_ value: String, expires: Int64?, to request: Request) -> Cookie {
        var settings = self
        if followsScheme, request.scheme == "https" { settings.isSecure = true }
        return settings.cookie(value, expires: expires)
    }

    private func cookie(_ value: String, expires: Int64?) -> Cookie {
        var cookie = Cookie(
            name, value, path: Self.encoded(path: path), domain: domain.map(Self.plain(domain:)), expires: expires,
            secure: isSecure || isPartitioned, httpOnly: isHTTPOnly, sameSite: sameSite)
        cookie.partitioned = isPartitioned
        return cookie
    }

    /// The cookie that makes the browser forget it: empty, expired in 1970.
    func removal() -> Cookie {
        var cookie = cookie("", expires: 0)
        cookie.maxAge = 0
        return cookie
    }

    /// Without port and leading dots, as Werkzeug writes it.
    private static func plain(domain: String) -> String {
        String(decoding: domain.utf8.drop { $0 == UInt8(ascii: ".") }.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }

    /// What a cookie's path may not hold is percent-encoded, a percent sign stays.
    private static func encoded(path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = path.utf8.flatMap { byte in
            plainPathBytes.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let plainPathBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+,/:=@".utf8)
}

extension CookieSettings {
    /// Reads `PREFIX_name`, `PREFIX_domain`, … of the settings that are listed over these values.
    mutating func read(_ settings: Settings, _ prefix: String) throws {
        func text(_ word: String) throws -> String? { try settings.listed(prefix + word)?.optionalText(prefix + word) }
        func flag(_ word: String) throws -> Bool? { try settings.listed(prefix + word)?.flag(prefix + word) }
        name = try text("name") ?? name
        domain = try text("domain") ?? domain
        path = try text("path") ?? path
        isSecure = try flag("secure") ?? isSecure
        isHTTPOnly = try flag("httponly") ?? isHTTPOnly
        isPartitioned = try flag("partitioned") ?? isPartitioned
        if let word = try text("samesite") { sameSite = try Self.sameSite(word, prefix + "samesite", settings) }
        do { _ = try Cookie(name, "").headerValue() } catch {
            throw SettingError(
                prefix + "name", "is no name for a cookie: \"\(name)\"", try settings.origin(prefix + "name"))
        }
        if let domain, !domain.utf8.allSatisfy({ $0 < 0x80 }) {
            throw SettingError(
                prefix + "domain", "must be in its ASCII form, xn--…, not \(domain)",
                try settings.origin(prefix + "domain"))
        }
    }

    private static func sameSite(_ word: String, _ key: String, _ settings: Settings) throws -> Cookie.SameSite {
        switch word.lowercased() {
        case "strict": return .strict
        case "lax": return .lax
        case "none": return .none
        default:
            throw SettingError(key, "must be strict, lax or none, not \"\(word)\"", try settings.origin(key))
        }
    }
}

extension Settings {
    fileprivate func origin(_ key: String) throws -> Origin { try value(key)?.origin ?? .code }
}
