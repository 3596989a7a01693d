import Glibc

/// A cookie to set, with every attribute.
public struct Cookie: Sendable {
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
        case none = "None"
    }

    public var name: String
    public var value: String
    public var path: String?
    public var domain: String?
    /// Seconds until the browser forgets it; nil for the length of the browser's session.
    public var maxAge: Int?
    /// Seconds since 1970.
    public var expires: Int64?
    public var secure: Bool
    public var httpOnly: Bool
    public var sameSite: SameSite?
    public var partitioned = false

    public init(
        _ name: String, _ value: String, path: String? = "/", domain: String? = nil, maxAge: Int? = nil,
        expires: Int64? = nil, secure: Bool = false, httpOnly: Bool = false, sameSite: SameSite? = nil
    ) {
        self.name = name
        self.value = value
        self.path = path
        self.domain = domain
        self.maxAge = maxAge
        self.expires = expires
        self.secure = secure
        self.httpOnly = httpOnly
        self.sameSite = sameSite
    }

    /// The cookie that removes one: empty, expired in 1970.
    public static func removal(of name: String, path: String? = "/", domain: String? = nil) -> Cookie {
        Cookie(name, "", path: path, domain: domain, maxAge: 0, expires: 0)
    }

    /// The value of the `Set-Cookie` header. The value is quoted and escaped as Werkzeug does when it has to be.
    ///
    /// `Max-Age` alone gets an `Expires` beside it, for old browsers; `Partitioned` makes the cookie secure.
    /// - Parameter now: seconds since 1970; nil asks the clock
    /// - Throws: when the name is not a token or an attribute holds a separator or control byte.
    public func headerValue(now: Int64? = nil) throws(HeaderError) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isToken) else {
            throw HeaderError(description: "the cookie name \(name.debugDescription) is not a token")
        }
        var text = name + "=" + Self.quoted(value)
        if let domain = try plainDomain() { text += "; Domain=" + domain }
        if let expires = expires ?? maxAge.map({ Int64($0) + (now ?? Int64(time(nil))) }) {
            text += "; Expires=" + HTTPDate.text(expires)
        }
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if secure || partitioned { text += "; Secure" }
        if httpOnly { text += "; HttpOnly" }
        if let path {
            text += "; Path="
            var bytes: [UInt8] = []
            PercentCoding.append(path, alsoAllowed: "%!$&'()*+,/:=@", to: &bytes)
            text += String(decoding: bytes, as: UTF8.self)
        }
        if let sameSite { text += "; SameSite=" + sameSite.rawValue }
        if partitioned { text += "; Partitioned" }
        return text
    }

    /// The domain without port and leading dots. A name beyond ASCII must come in its `xn--` form.
    private func plainDomain() throws(HeaderError) -> String? {
        guard let domain, !domain.isEmpty else { return nil }
        let plain = domain.utf8.prefix { $0 != ASCII.colon }.drop { $0 == ASCII.dot }
        for byte in plain
        where
            !(ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.dot || byte == ASCII.dash
            || byte == ASCII.underscore)
        {
            throw HeaderError(
                description: "the domain \(domain.debugDescription) of the cookie \(name) is no host name")
        }
        return String(Substring(plain))
    }

    /// Values of plain cookie octets stay; others go between quotes with `\ooo`, which `Cookies` and Werkzeug read.
    private static func quoted(_ value: String) -> String {
        if value.utf8.allSatisfy(isPlain) { return value }
        var bytes: [UInt8] = [ASCII.quote]
        for byte in value.utf8 {
            if byte == ASCII.quote || byte == ASCII.backslash {
                bytes += [ASCII.backslash, byte]
            } else if isPlain(byte) || byte == ASCII.space {
                bytes.append(byte)
            } else {
                bytes += [ASCII.backslash, ASCII.zero + byte >> 6, ASCII.zero + byte >> 3 & 7, ASCII.zero + byte & 7]
            }
        }
        bytes.append(ASCII.quote)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != ASCII.quote && byte != ASCII.comma && byte != ASCII.semicolon
            && byte != ASCII.backslash
    }
}
