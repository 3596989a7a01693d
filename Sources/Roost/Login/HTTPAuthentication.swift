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
        switch request.authorization {
        case .basic(let name, let secret)?: try password?(request, name, secret)
        case .bearer(let sent)?: try token?(request, sent)
        case .other?, nil: nil
        }
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
