/// Where the routes of a blueprint end up: what the app and the blueprints around it add.
struct BlueprintPlace {
    var prefix: String
    /// The names of the blueprints, `admin.users`; nil for the app itself.
    var name: String?
    var subdomain: String?
    var scopes: [HookSet]

    init(prefix: String, scopes: [HookSet]) {
        self.prefix = prefix
        self.scopes = scopes
    }

    /// Inside a blueprint.
    func entering(_ blueprint: Blueprint) -> BlueprintPlace {
        var place = self
        place.name = name.map { "\($0).\(blueprint.name)" } ?? blueprint.name
        place.subdomain = blueprint.subdomain ?? subdomain
        place.scopes.append(blueprint.hooks)
        return place
    }

    /// Under a further prefix.
    func below(_ more: String) -> BlueprintPlace {
        var place = self
        place.prefix = RouteCheck.joined(prefix, more)
        return place
    }

    /// A route keeps its own host or subdomain.
    func applied(to registration: RouteRegistration) -> RouteRegistration {
        guard let subdomain, registration.options.host == nil, registration.options.subdomain == nil else {
            return registration
        }
        var registration = registration
        registration.options.subdomain = subdomain
        return registration
    }
}
