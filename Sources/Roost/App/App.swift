public import Logging
public import RoostTemplates

/// An application: routes, hooks, error handlers and what belongs to all requests.
///
/// ```swift
/// func makeApp(_ settings: Settings) throws -> App {
///     let app = App("hello", settings: settings)
///     try app.get("/user/<username>") { (request, username: String) in "Hello, \(username)!" }
///     return app
/// }
/// ```
public final class App: RouteRegistry, HookRegistry {
    public let name: String
    public let settings: Settings
    public var logger: Logger
    /// The templates, once `useTemplates` was called: filters, tests and globals go there.
    public internal(set) var templates: TemplateEnvironment?
    /// What others may be told of: `app.signals.requestStarted.connect { request in … }`.
    public let signals = AppSignals()
    /// Where the access log goes; nil writes none.
    public var accessLog: LogFile?
    /// What other rooms keep with the app.
    public var extensions = Storage()
    /// Own converters for patterns: `app.converters.add("tags", Tags.self)` before the routes that name them.
    public var converters = RouteConverters()
    /// How much of a request is read before it is refused.
    public var limits = RequestLimits()
    /// Whose headers about client, scheme and host are believed, and which hosts are served; from the settings
    /// `http.trusted_proxies` and `http.trusted_hosts`.
    public var trust = RequestTrust()
    /// Folders whose files the web server sends itself; from the setting `http.accel_redirect`.
    public var accelRedirects = AccelRedirects()
    /// Whether addresses of static files carry their version (`?v=…`), which lets browsers keep them for ever.
    public var versionsStaticFiles: Bool {
        get { urls.versionsFiles }
        set { urls.versionsFiles = newValue }
    }
    /// The status that sends a GET to the right spelling of its address, where a slash is missing or doubled: 301 for
    /// clients of older Flask. Other methods always get 308, because clients make a GET of them after 301.
    public var slashRedirectStatus: Status = 308
    /// Whether redirects inside the app name its scheme and host, as Flask's did before 2.1. Default: false, paths alone.
    public var hasAbsoluteRedirects = false
    /// Told of every change of a request's phase; the pool writes it to the scoreboard.
    public var phaseObserver: ((RequestPhase, Request) -> Void)?
    /// Told when each request begins and ends; the profiler.
    public var requestObserver: (any RequestObserver)?
    /// The name and port this app is reached by, `example.org`: routes of a subdomain need it before them.
    /// From the setting `http.server_name` unless it is set here.
    public var serverName: String?
    /// Scheme and host for external addresses made outside a request: `https://example.org`.
    public var externalBase: String?
    /// The place of this process in the pool, for log lines; set by `startWorker`.
    public private(set) var workerSlot: Int?
    public private(set) var workerPID: Int32?

    public private(set) var isFrozen = false
    /// The request being answered: a worker has one at a time.
    var currentRequest: Request?
    var table = RouteTable()
    public private(set) var routes: [Route] = []
    let urls = URLMap()
    let hooks = HookSet()
    /// The hooks for requests that no route was found for.
    private(set) var ownHooks = FlatHooks()
    /// Folders of the blueprints' own templates, behind the app's.
    var blueprintTemplates: [String] = []
    /// Filters, tests and globals that wait for the templates.
    var templateAdditions: [TemplateAddition] = []
    private var hasReadSettings = false
    /// What is wrong with the settings of an app that answers without `freeze`.
    private(set) var settingsFailure: (any Error)?
    private var firstRequests: [(Request) throws -> Void] = []
    private var workerStarts: [(App) throws -> Void] = []
    private(set) var afterResponses: [(Exchange) -> Void] = []
    private var blueprints: [String: CallSite] = [:]

    public init(_ name: String, settings: Settings = Settings()) {
        self.name = name
        self.settings = settings
        logger = Logger(label: name)
        serverName =
            settings.known.contains { $0.key == "http.server_name" }
            // Known, and any text fits: it cannot throw.
            ? try? settings.optionalText("http.server_name") : nil
    }

    // MARK: Registration

    public func add(_ registration: RouteRegistration) throws {
        try requireOpen("route(\"\(registration.pattern)\")", registration.site)
        try add(registration, BlueprintPlace(prefix: "", scopes: [hooks]))
    }

    /// Adds the routes of a blueprint, and of those inside it, under a prefix.
    ///
    /// Throws `SetupError` when its name is taken or holds a dot, or one of its routes is refused.
    public func register(
        _ blueprint: Blueprint, prefix: String = "", file: StaticString = #fileID, line: Int = #line
    ) throws {
        let site = CallSite(file: file, line: line)
        try requireOpen("register(\(blueprint.name))", site)
        try add(blueprint, under: BlueprintPlace(prefix: prefix, scopes: [hooks]), site)
    }

    public func changeHooks(_ what: String, _ site: CallSite, _ change: (Hooks) -> Void) throws {
        try requireOpen(what, site)
        change(Hooks(set: hooks))
    }

    /// Runs in each worker after the fork and before its first request: open the database here.
    public func onWorkerStart(
        file: StaticString = #fileID, line: Int = #line, _ body: @escaping (App) throws -> Void
    ) throws {
        try requireOpen("onWorkerStart", CallSite(file: file, line: line))
        workerStarts.append(body)
    }

    /// Runs in each worker before the hooks of its first request. What it throws answers that request, and it runs
    /// again for the next one.
    public func beforeFirstRequest(
        file: StaticString = #fileID, line: Int = #line, _ body: @escaping (Request) throws -> Void
    ) throws {
        try requireOpen("beforeFirstRequest", CallSite(file: file, line: line))
        firstRequests.append(body)
    }

    /// Runs what waits for the first request, once each.
    func runFirstRequests(_ request: Request) throws {
        while let first = firstRequests.first {
            try first(request)
            firstRequests.removeFirst()
        }
    }

    /// Runs after the gateway has written the response and the access log line.
    public func afterResponse(
        file: StaticString = #fileID, line: Int = #line, _ body: @escaping (Exchange) -> Void
    ) throws {
        try requireOpen("afterResponse", CallSite(file: file, line: line))
        afterResponses.append(body)
    }

    // MARK: Serving

    /// Closes registration, prepares the routes and compiles every template. Calling it again does nothing.
    ///
    /// Throws `TemplateErrors` with everything that is wrong in templates: what does not parse, and names that nothing
    /// has.
    public func freeze() throws {
        guard !isFrozen else { return }
        try readSettingsOnce()
        prepareTemplates()
        try checkTemplates()
        prepare()
    }

    /// Runs the `onWorkerStart` hooks. Throws what they throw: the worker is not ready then.
    public func startWorker(slot: Int? = nil, pid: Int32? = nil) throws {
        workerSlot = slot
        workerPID = pid
        for start in workerStarts { try start(self) }
    }

    /// The address of an endpoint outside a request. External ones need `externalBase`. Throws `URLError`.
    public func urlFor(
        _ endpoint: String, _ values: KeyValuePairs<String, any URLValue> = [:], external: Bool = false,
        anchor: String? = nil
    ) throws -> String {
        try urlFor(endpoint, values: values.map { ($0.key, $0.value) }, external: external, anchor: anchor)
    }

    func urlFor(_ endpoint: String, values: [(String, any URLValue)], external: Bool, anchor: String?) throws -> String
    {
        let built = try urls.address(endpoint, values, blueprint: nil, anchor: anchor)
        guard external || built.host != nil else { return built.path }
        guard let base = externalBase ?? serverName.map({ "https://" + $0 }) else {
            throw URLError("urlFor(\"\(endpoint)\", external: true) needs app.externalBase outside a request")
        }
        guard let host = built.host else { return base + built.path }
        return String(base.prefix { $0 != ":" }) + "://" + host + built.path
    }

    func prepare() {
        guard !isFrozen else { return }
        isFrozen = true
        // In a test nobody may have called `freeze`: the first request tells what is wrong.
        do { try readSettingsOnce() } catch { settingsFailure = error }
        prepareTemplates()
        ownHooks = FlatHooks([hooks])
        for route in routes { route.hooks = FlatHooks(route.scopes) }
    }

    private func readSettingsOnce() throws {
        guard !hasReadSettings else { return }
        try readHTTPSettings()
        try checkSecretKeys()
        hasReadSettings = true
    }

    private func requireOpen(_ what: String, _ site: CallSite) throws {
        guard isFrozen else { return }
        throw SetupError(
            "\(what) was called after the app \"\(name)\" began serving. Call it in makeApp(), before app.freeze().",
            at: site)
    }

    private func add(_ blueprint: Blueprint, under outer: BlueprintPlace, _ site: CallSite) throws {
        guard !blueprint.name.isEmpty, !blueprint.name.utf8.contains(UInt8(ascii: ".")) else {
            throw SetupError(
                "the blueprint name \(blueprint.name.debugDescription) is empty or holds a dot", at: blueprint.site)
        }
        let place = outer.entering(blueprint)
        if let other = blueprints.updateValue(site, forKey: place.name ?? "") {
            throw SetupError("a blueprint named \"\(place.name ?? "")\" is registered at \(other) already", at: site)
        }
        if !blueprint.isRegistered { hooks.add(blueprint.appWide.hooks) }
        blueprint.isRegistered = true
        for record in blueprint.records { try record(self) }
        for registration in blueprint.registrations { try add(registration, place) }
        for inner in blueprint.nested {
            try add(inner.blueprint, under: place.below(inner.prefix), site)
        }
    }

    private func add(_ registration: RouteRegistration, _ place: BlueprintPlace) throws {
        let site = registration.site
        let text = RouteCheck.joined(place.prefix, registration.pattern)
        let route = try makeRoute(place.applied(to: registration), pattern: text, place)
        if let kinds = registration.kinds { try RouteCheck.variables(of: route, match: kinds, at: site) }
        try urls.check(route)
        if route.options.isBuildOnly {
            _ = table.addUnmatched()
        } else {
            let addition = table.add(
                route.pattern, host: route.host, methods: route.methods, strictSlashes: registration.strictSlashes,
                mergeSlashes: route.options.mergeSlashes)
            if case .shadowed(let number) = addition { throw RouteCheck.shadowed(route, by: routes[number]) }
        }
        urls.add(route)
        routes.append(route)
    }

    private func makeRoute(
        _ registration: RouteRegistration, pattern text: String, _ place: BlueprintPlace
    ) throws -> Route {
        let site = registration.site
        do {
            let host = try RouteCheck.host(registration.options, serverName: serverName, at: site)
                .map { try RoutePattern(host: RequestHost.normal($0), converters: converters) }
            let pattern = try RoutePattern(text, converters: converters)
            let own = try RoutePattern(registration.pattern, converters: converters)
            let name = try RouteCheck.endpoint(registration.endpoint ?? DefaultEndpoint.name(own), at: site)
            return Route(
                pattern: pattern, host: host, registration: registration,
                endpoint: place.name.map { "\($0).\(name)" } ?? name, blueprint: place.name, scopes: place.scopes)
        } catch let error as PatternError {
            throw SetupError("\(error)", at: site)
        }
    }
}
