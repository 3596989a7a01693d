/// A part of an app: routes, hooks and error handlers under one name, registered on an app or another blueprint.
///
/// ```swift
/// func authBlueprint() throws -> Blueprint {
///     let auth = Blueprint("auth")
///     try auth.get("/login") { request in try request.render("auth/login.html") }
///     return auth
/// }
/// try app.register(authBlueprint(), prefix: "/auth")     // urlFor("auth.login") is /auth/login
/// ```
public final class Blueprint: RouteRegistry, HookRegistry {
    public let name: String
    let site: CallSite
    let hooks = HookSet()
    private(set) var registrations: [RouteRegistration] = []
    private(set) var nested: [(blueprint: Blueprint, prefix: String)] = []
    /// Set when the blueprint was registered: what comes later would be lost.
    var isRegistered = false

    public init(_ name: String, file: StaticString = #fileID, line: Int = #line) {
        self.name = name
        site = CallSite(file: file, line: line)
    }

    public func add(_ registration: RouteRegistration) throws {
        try requireOpen("route(\"\(registration.pattern)\")", registration.site)
        registrations.append(registration)
    }

    /// Puts a blueprint under this one: its endpoints become `outer.inner.view`.
    public func register(
        _ blueprint: Blueprint, prefix: String = "", file: StaticString = #fileID, line: Int = #line
    ) throws {
        let site = CallSite(file: file, line: line)
        try requireOpen("register(\(blueprint.name))", site)
        guard blueprint !== self else { throw SetupError("the blueprint \(name) cannot be inside itself", at: site) }
        nested.append((blueprint, prefix))
    }

    public func changeHooks(_ what: String, _ site: CallSite, _ change: (Hooks) -> Void) throws {
        try requireOpen(what, site)
        change(Hooks(set: hooks))
    }

    private func requireOpen(_ what: String, _ site: CallSite) throws {
        guard isRegistered else { return }
        throw SetupError(
            "\(what) was called after the blueprint \(name) was registered, and would have no effect. "
                + "Call it before app.register(…).", at: site)
    }
}
