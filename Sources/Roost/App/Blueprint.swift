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
    /// Every route of it and of those inside it answers for this subdomain, unless it names its own.
    public let subdomain: String?
    let hooks = HookSet()
    /// Hooks and error handlers for every request of the app: `blueprint.appWide.beforeRequest { … }`.
    public let appWide: AppWideHooks
    /// Run when the blueprint is registered.
    private(set) var records: [(App) throws -> Void] = []
    private(set) var registrations: [RouteRegistration] = []
    private(set) var nested: [(blueprint: Blueprint, prefix: String)] = []
    /// Set when the blueprint was registered: what comes later would be lost.
    var isRegistered = false {
        didSet { appWide.isClosed = isRegistered }
    }

    /// - Parameters:
    ///   - name: the first part of its endpoints; neither empty nor with a dot
    ///   - subdomain: below the app's `serverName`
    ///   - templates: a folder of its own templates; the app's folders are looked into first
    ///   - staticFolder: a folder of its own files, served below its prefix at `/static` as `name.static`
    public init(
        _ name: String, subdomain: String? = nil, templates: String? = nil, staticFolder: String? = nil,
        file: StaticString = #fileID, line: Int = #line
    ) {
        self.name = name
        self.subdomain = subdomain
        site = CallSite(file: file, line: line)
        appWide = AppWideHooks(name)
        if let templates { records.append { app in app.blueprintTemplates.append(templates) } }
        if let staticFolder {
            registrations.append(.staticFolder(StaticFolder(staticFolder), at: "/static", site: site))
        }
    }

    /// Runs when the blueprint is registered: for what belongs to the app, such as converters.
    public func onRegister(
        file: StaticString = #fileID, line: Int = #line, _ body: @escaping (App) throws -> Void
    ) throws {
        try requireOpen("onRegister", CallSite(file: file, line: line))
        records.append(body)
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

/// The hooks of a blueprint that apply to the whole app: Flask's `before_app_request` and its like.
public final class AppWideHooks: HookRegistry {
    private let name: String
    let hooks = HookSet()
    var isClosed = false

    init(_ name: String) { self.name = name }

    public func changeHooks(_ what: String, _ site: CallSite, _ change: (Hooks) -> Void) throws {
        guard !isClosed else {
            throw SetupError(
                "appWide.\(what) was called after the blueprint \(name) was registered. "
                    + "Call it before app.register(…).",
                at: site)
        }
        change(Hooks(set: hooks))
    }
}
