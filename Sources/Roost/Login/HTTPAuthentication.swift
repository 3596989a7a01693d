internal import RoostSigning

/// Logs users of an API in with each request: name and password (RFC 7617) or a token (RFC 6750).
///
///     try api.require(.http(HTTPAuthentication(
///         realm: "api",
///         password: { request, name, password in try User.check(name, password, in: request.database) },
///         token: { request, token in try User.find(token: token) })))
public struct HTTPAuthentication {
    public let realm: String
    let password: ((Request, String, String) throws -> (any LoginUser)?)?
    let token: ((Request, String) throws -> (any LoginUser)?)?

    /// - Parameters:
    ///   - realm: what the client shows to its user; printable ASCII
    ///   - password: finds the user of a name and a password; nil: passwords are not offered
    ///   - token: finds the user of a token; nil: tokens are not offered
    public init(
        realm: String, password: ((Request, String, String) throws -> (any LoginUser)?)? = nil,
        token: ((Request, String) throws -> (any LoginUser)?)? = nil
    ) {
        self.realm = realm
        self.password = password
        self.token = token
    }

    /// The user of the request's `Authorization`; nil when there is none or it is wrong.
    public func user(of request: Request) throws -> (any LoginUser)? {
        if let password, let sent = request.basicCredentials { return try password(request, sent.name, sent.password) }
        if let token, let sent = request.bearerToken { return try token(request, sent) }
        return nil
    }

    /// 401, with what the client may send.
    var refusal: HTTPError {
        let quoted = String(
            decoding: realm.utf8.filter { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }, as: UTF8.self)
        var offers: [String] = []
        if password != nil { offers.append("Basic realm=\"\(quoted)\", charset=\"UTF-8\"") }
        if token != nil { offers.append("Bearer realm=\"\(quoted)\"") }
        return HTTPError(.unauthorized, headers: ["WWW-Authenticate": offers.joined(separator: ", ")])
    }
}

extension RouteGuard {
    /// Demands name and password or a token with each request; the user is then `request.currentUser`.
    public static func http(_ authentication: HTTPAuthentication) -> RouteGuard {
        RouteGuard { request in
            guard let user = try authentication.user(of: request) else { throw authentication.refusal }
            request.setCurrentUser(user)
            return nil
        }
    }
}

extension Request {
    /// Name and password of `Authorization: Basic`; nil when it is missing or malformed.
    public var basicCredentials: (name: String, password: String)? {
        guard let sent = authorization(scheme: "basic"), let bytes = StandardBase64.decode(sent),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let name = String(validating: bytes[..<colon], as: UTF8.self),
            let password = String(validating: bytes[(colon + 1)...], as: UTF8.self)
        else { return nil }
        return (name, password)
    }

    /// The token of `Authorization: Bearer`.
    public var bearerToken: String? { authorization(scheme: "bearer") }

    private func authorization(scheme: String) -> String? {
        guard let header = headers["Authorization"] else { return nil }
        let parts = header.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).lowercased() == scheme else { return nil }
        let rest = parts[1].drop { $0 == UInt8(ascii: " ") }
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
}
