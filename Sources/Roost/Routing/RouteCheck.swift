/// What is checked when a route is registered.
enum RouteCheck {
    /// The prefix of a blueprint and a pattern: `/auth` and `/` are `/auth/`.
    static func joined(_ prefix: String, _ pattern: String) -> String {
        prefix.utf8.last == UInt8(ascii: "/") && pattern.utf8.first == UInt8(ascii: "/")
            ? prefix.dropLast() + pattern : prefix + pattern
    }

    static func endpoint(_ name: String, at site: CallSite) throws -> String {
        guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: ".")) else {
            throw SetupError("the endpoint \(name.debugDescription) is empty or holds a dot", at: site)
        }
        return name
    }

    /// The host of a route: its own, or its subdomain below the app's name.
    static func host(_ options: RouteOptions, serverName: String?, at site: CallSite) throws -> String? {
        guard let subdomain = options.subdomain else { return options.host }
        guard options.host == nil else { throw SetupError("a route has either a host or a subdomain", at: site) }
        guard let serverName else {
            throw SetupError(
                "the subdomain \(subdomain.debugDescription) needs app.serverName (setting http.server_name) before it",
                at: site)
        }
        return subdomain.isEmpty ? serverName : subdomain + "." + serverName
    }

    /// Refuses a view whose arguments are not what host, pattern and defaults make. A prefix may bring variables too.
    static func variables(of route: Route, match kinds: [PathKind], at site: CallSite) throws {
        let defaults = route.options.defaults
        if let double = defaults.first(where: { route.variableNames.contains($0.name) }) {
            throw SetupError("the default \"\(double.name)\" is a variable of the pattern already", at: site)
        }
        let pattern = route.pattern
        let names = route.variableNames + defaults.map(\.name)
        let made = route.variableKinds + defaults.map { type(of: $0.value).pathKind }
        guard names.count == kinds.count else {
            throw SetupError(
                "the pattern \(pattern.text.debugDescription) has \(count(names.count)) "
                    + "and its view takes \(kinds.count)",
                at: site)
        }
        for (index, name) in names.enumerated() where made[index] != kinds[index] {
            throw SetupError(
                "the variable <\(name)> of \(pattern.text.debugDescription) is \(word(made[index])), "
                    + "and its view takes " + word(kinds[index]), at: site)
        }
    }

    static func shadowed(_ route: Route, by other: Route) -> SetupError {
        SetupError(
            "the route \(route.methods.names.joined(separator: ",")) \(route.pattern.text) (\(route.endpoint)) "
                + "would never be reached: \(other.pattern.text) (\(other.endpoint)) at \(other.site) matches first",
            at: route.site)
    }

    private static func count(_ count: Int) -> String { count == 1 ? "1 variable" : "\(count) variables" }

    private static func word(_ kind: PathKind) -> String {
        switch kind {
        case .text: "a String"
        case .integer: "an Int"
        case .decimal: "a Double"
        case .custom: "a type with a converter of its own"
        }
    }
}
