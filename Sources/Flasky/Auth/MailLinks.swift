internal import Roost

/// Whose name the links in mails may carry: a forged `Host` must not send a token to somebody else's server.
enum MailLinks {
    /// The address of a page for a mail: on `http.server_name`, or on the host that this request asked for when
    /// `http.trusted_hosts` lists it. Outside production this machine's own names will do, too.
    /// - Throws: `NoHostForLinks`
    static func address(of endpoint: String, token: String, for request: Request) throws -> String {
        let path = try request.urlFor(endpoint, ["token": token])
        guard let host = host(for: request) else { throw NoHostForLinks(host: request.host) }
        return "\(request.scheme)://\(host)\(path)"
    }

    private static func host(for request: Request) -> String? {
        let app = request.app
        if let name = app.serverName { return name }
        // Requests for other hosts were refused before they came here.
        if !app.trust.hosts.isEmpty { return request.host }
        let isOwn = app.settings.environment != .production && RequestTrust.thisMachine.serves(host: request.host)
        return isOwn ? request.host : nil
    }

    /// Refuses settings by which no mail of a production server could carry a link.
    /// - Throws: `SettingError`
    static func check(_ settings: Settings) throws {
        guard try settings.optionalText("http.server_name") == nil,
            try settings.list("http.trusted_hosts").allSatisfy(\.isEmpty)
        else { return }
        throw SettingError(
            "http.server_name",
            "must be set in production, or http.trusted_hosts: links in mails are not made from whatever host a client "
                + "names. Set HTTP_SERVER_NAME=flasky.example.com, or HTTP_TRUSTED_HOSTS to the hosts that are served",
            try settings.value("http.server_name")?.origin ?? .standard)
    }
}

extension RequestTrust {
    /// The names by which a developer's browser reaches the machine it runs on.
    fileprivate static let thisMachine: RequestTrust = {
        var trust = RequestTrust()
        trust.hosts = ["localhost", "127.0.0.1", "[::1]"]
        return trust
    }()
}

/// A mail needed a link and no host is known to be ours.
struct NoHostForLinks: Error, CustomStringConvertible {
    let host: String

    var description: String {
        "a mail was not made, because its link would lead to the unchecked host \(host.debugDescription): "
            + "set http.server_name, or http.trusted_hosts"
    }
}
