extension RouteRegistry {
    /// Redirects an old address to another one, variables filled in and the query kept.
    ///
    /// ```swift
    /// try app.redirect("/p/<int:id>", to: "/posts/<id>")
    /// ```
    ///
    /// - Parameters:
    ///   - pattern: the old address
    ///   - target: the new one, encoded, with the variables in angle brackets; an address of another host is fine
    ///   - status: 308 by default, which keeps the method
    /// - Throws: `SetupError` when the target names a variable that the pattern has not, or the route is refused.
    public func redirect(
        _ pattern: String, to target: String, status: Status = 308, endpoint: String? = nil,
        options: RouteOptions = RouteOptions(), file: StaticString = #fileID, line: Int = #line
    ) throws {
        let site = CallSite(file: file, line: line)
        let known = RedirectTarget.names(in: pattern)
        for name in RedirectTarget.names(in: target) where !known.contains(name) {
            throw SetupError(
                "the target \(target.debugDescription) names <\(name)>, which the pattern has not", at: site)
        }
        try add(
            RouteRegistration(
                pattern: pattern, methods: ["GET", "POST", "PUT", "PATCH", "DELETE"], endpoint: endpoint,
                strictSlashes: true, kinds: nil, site: site, options: options
            ) { request in
                let location = RedirectTarget.filled(target, request.variables)
                let query = request.encodedQuery
                let joined =
                    location.utf8.contains(UInt8(ascii: "?")) && !query.isEmpty ? "&" + query.dropFirst() : query
                return .redirect(to: location + joined, status: status)
            })
    }
}

/// The target of a redirecting route.
enum RedirectTarget {
    /// The names between angle brackets, without converters.
    static func names(in pattern: String) -> [String] {
        pattern.split(separator: "<").dropFirst().compactMap { piece in
            guard let end = piece.firstIndex(of: ">") else { return nil }
            return piece[..<end].split(separator: ":").last.map(String.init)
        }
    }

    static func filled(_ target: String, _ values: [String: String]) -> String {
        var text = ""
        var rest = target[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            text += rest[..<open]
            text += PercentCoding.encodePath((values[String(rest[rest.index(after: open)..<close])] ?? "").utf8)
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
