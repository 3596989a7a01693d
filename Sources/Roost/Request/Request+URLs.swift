extension Request {
    /// The address of an endpoint; `.name` is looked up in the request's own blueprint.
    ///
    /// - Parameters:
    ///   - values: variables of the route; all others go to the query
    ///   - external: with scheme and host. Endpoints of another host are always external
    ///   - scheme: of an external address; by default the request's
    ///   - method: picks among the routes of an endpoint; by default the request's own
    ///   - anchor: what goes behind `#`
    ///
    /// Throws `URLError` when the endpoint is unknown or a path variable is missing or impossible.
    public func urlFor(
        _ endpoint: String, _ values: KeyValuePairs<String, any URLValue> = [:], external: Bool = false,
        scheme: String? = nil, method: HTTPMethod? = nil, anchor: String? = nil
    ) throws -> String {
        try urlFor(
            endpoint, values: values.map { ($0.key, $0.value) }, external: external, scheme: scheme, method: method,
            anchor: anchor)
    }

    /// As above, for values collected when the program runs (templates).
    public func urlFor(
        _ endpoint: String, values: [(String, any URLValue)], external: Bool = false, scheme: String? = nil,
        method: HTTPMethod? = nil, anchor: String? = nil
    ) throws -> String {
        let built = try app.urls.address(
            endpoint, values, blueprint: blueprint, method: method, preferred: self.method, anchor: anchor)
        if external || scheme != nil {
            return "\(scheme ?? self.scheme)://\(built.host.map(withPort) ?? host)\(http.prefix)\(built.path)"
        }
        return location(built)
    }

    /// An address as this request's page may name it: without the host when it is the same.
    func location(_ built: BuiltAddress) -> String {
        guard let other = built.host, other != RequestHost.normal(host) else { return http.prefix + built.path }
        return "\(scheme)://\(withPort(other))\(http.prefix)\(built.path)"
    }

    /// The query as a redirect carries it on, with its question mark.
    var encodedQuery: String {
        let query = PercentCoding.encodeQuery(http.queryString)
        return query.isEmpty ? "" : "?" + query
    }

    /// The port that this request came by belongs to the other host too.
    private func withPort(_ other: String) -> String {
        let port =
            host.utf8.count > RequestHost.normal(host).utf8.count
            ? host.dropFirst(RequestHost.normal(host).count) : ""
        return other + port
    }
}
