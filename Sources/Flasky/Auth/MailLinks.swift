internal import Roost
internal import RoostHTTP

/// Whose name the links in mails may carry: a forged `Host` must not send a token to somebody else's server.
enum MailLinks {
    /// The address of a page for a mail: on `http.server_name`, or on the host that this request asked for when
    /// `http.trusted_hosts` lists it. Outside production this machine's own names will do, too.
    /// - Throws: `HTTPError` 400 when no host is known to be ours.
    static func address(of endpoint: String, token: String, for request: Request) throws -> String {
        let path = try request.urlFor(endpoint, ["token": token])
        return "\(request.scheme)://\(try host(for: request))\(path)"
    }

    /// Refuses a request for which no mail could carry a link. To be called before anything is looked up or stored: the
    /// answer must not tell whether somebody has an account.
    /// - Throws: `HTTPError` 400, with what to do.
    static func check(_ request: Request) throws { _ = try host(for: request) }

    private static func host(for request: Request) throws -> String {
        let app = request.app
        if let name = app.serverName { return name }
        // Requests for other hosts were refused before they came here.
        if !app.trust.hosts.isEmpty { return request.host }
        let isOwn = app.settings.environment != .production && RequestTrust.thisMachine.serves(host: request.host)
        guard isOwn else { throw HTTPError(400, refusal(of: request.host)) }
        return request.host
    }

    /// Whoever reads this runs the server: in production the settings are checked at the start.
    private static func refusal(of host: String) -> String {
        "A mail's link would lead to \(host.debugDescription), and nothing says that this host is ours. Set "
            + "http.server_name or http.trusted_hosts, or come by way of localhost."
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
