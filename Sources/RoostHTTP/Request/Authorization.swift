/// The credentials of an `Authorization` header (RFC 9110, section 11.6.2).
public enum Authorization: Equatable, Sendable {
    case basic(username: String, password: String)
    case bearer(token: String)
    /// Any other scheme, in lower case, with what follows it.
    case other(scheme: String, credentials: String)

    /// Reads a header; nil when it is missing or malformed: Basic credentials must be Base64 of UTF-8.
    public init?(_ header: String?) {
        guard let header else { return nil }
        let text = header.utf8.trimmed()
        let scheme = String(decoding: text.prefix { $0 != ASCII.space }, as: UTF8.self).lowercased()
        let rest = text.drop { $0 != ASCII.space }.trimmed()
        guard !scheme.isEmpty, !rest.isEmpty else { return nil }
        switch scheme {
        case "basic":
            guard let bytes = Base64.decode(rest), let pair = String(validating: bytes, as: UTF8.self) else {
                return nil
            }
            let split = pair.utf8.firstIndex(of: ASCII.colon) ?? pair.endIndex
            let password = split < pair.endIndex ? String(pair[pair.utf8.index(after: split)...]) : ""
            self = .basic(username: String(pair[..<split]), password: password)
        case "bearer": self = .bearer(token: String(decoding: rest, as: UTF8.self))
        default: self = .other(scheme: scheme, credentials: String(decoding: rest, as: UTF8.self))
        }
    }

    /// The header's text for Basic credentials, for clients and tests.
    public static func basicHeader(_ username: String, _ password: String) -> String {
        "Basic " + Base64.encode("\(username):\(password)".utf8)
    }
}
