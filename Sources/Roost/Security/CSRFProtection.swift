internal import RoostSigning

/// Checks that requests which change something come from a page of this app.
public final class CSRFProtection {
    public var settings: CSRFSettings
    static let exemptMark = "csrf-exempt"
    private var exemptEndpoints: Set<String> = []
    private var exemptBlueprints: Set<String> = []

    init(_ settings: CSRFSettings) { self.settings = settings }

    /// Leaves a view out: `app.csrf.exempt("api.hook")`. Routes can be registered so too, see `csrfExempt`.
    public func exempt(_ endpoint: String) { exemptEndpoints.insert(endpoint) }

    /// Leaves all views of a blueprint out, by its full name: `admin.users` when it is inside another.
    public func exempt(blueprint: String) { exemptBlueprints.insert(blueprint) }

    /// Whether a request must be checked before its view runs.
    func covers(_ request: Request) -> Bool {
        guard settings.isEnabled, settings.checksEveryView, let route = request.route,
            settings.methods.contains(request.method.rawValue)
        else { return false }
        return !route.marks.contains(Self.exemptMark) && !exemptEndpoints.contains(route.endpoint)
            && !(route.blueprint.map { exemptBlueprints.contains($0) } ?? false)
    }

    /// Checks token and referrer of a request.
    func check(_ request: Request) throws {
        do {
            try validate(try sentToken(request), request)
            try checkReferrer(request)
        } catch let error as CSRFError {
            request.app.logger.info(
                "a request was refused: it did not prove that it comes from a page of this app",
                metadata: [
                    "reason": "\(error)", "endpoint": "\(request.endpoint ?? "-")",
                    "request_id": "\(request.requestID)",
                ])
            throw error
        }
        request.storage[PassedKey.self] = true
    }

    /// Checks a token, wherever it was sent.
    func validate(_ token: String?, _ request: Request) throws {
        let signer = CSRFToken(key: try key(of: request.app))
        do throws(CSRFProblem) {
            try signer.validate(
                token, raw: request.session[settings.fieldName], maxAge: settings.timeLimit,
                now: request.app.unixTime())
        } catch {
            throw CSRFError(problem: error)
        }
    }

    /// The token for the forms of a request's response: one for each request.
    func token(for request: Request) throws -> String {
        if let token = request.storage[TokenKey.self] { return token }
        let raw: String
        if case .text(let kept)? = request.session[settings.fieldName] {
            raw = kept
        } else {
            raw = CSRFToken.makeRaw()
            request.session[settings.fieldName] = .text(raw)
        }
        let token = try CSRFToken(key: try key(of: request.app)).sign(raw, now: request.app.unixTime())
        request.storage[TokenKey.self] = token
        return token
    }

    private func key(of app: App) throws -> SecretKey { try settings.key ?? app.secretKey() }

    /// The field, a field of a form with a prefix, a header; empty ones are passed over. Never the query.
    private func sentToken(_ request: Request) throws -> String? {
        let form = try request.form
        if let token = form[settings.fieldName], !token.isEmpty { return token }
        for (name, value) in form where name.hasSuffix(settings.fieldName) && !value.isEmpty { return value }
        for name in settings.headers {
            if let token = request.headers[name], !token.isEmpty { return token }
        }
        return nil
    }

    private func checkReferrer(_ request: Request) throws {
        guard request.scheme == "https", settings.checksReferrer else { return }
        guard let referrer = request.http.referer, !referrer.isEmpty else { throw CSRFError(problem: .referrerMissing) }
        let (from, own) = (AddressParts(referrer), AddressParts("https://\(request.host)/"))
        guard from.scheme == own.scheme, from.host.lowercased() == own.host.lowercased() else {
            throw CSRFError(problem: .referrerMismatch)
        }
    }
}

private enum ProtectionKey: StorageKey { typealias Value = CSRFProtection }
private enum TokenKey: StorageKey { typealias Value = String }
private enum PassedKey: StorageKey { typealias Value = Bool }

extension App {
    /// Checks every POST, PUT, PATCH and DELETE to a view: 400 without a good token.
    /// - Throws: `SettingError` for settings that do not fit, `SetupError` once serving has begun.
    @discardableResult
    public func useCSRF(
        _ settings: CSRFSettings? = nil, file: StaticString = #fileID, line: Int = #line
    ) throws -> CSRFProtection {
        let protection = CSRFProtection(try settings ?? CSRFSettings(self.settings))
        extensions[ProtectionKey.self] = protection
        requireSecretKey(for: "CSRF tokens")
        try beforeRequest(file: file, line: line) { (request: Request) throws -> Void in
            if protection.covers(request) { try protection.check(request) }
        }
        return protection
    }

    /// What checks CSRF tokens; forms use it even when `useCSRF` was not called.
    /// - Throws: `SettingError` for settings that do not fit.
    public func csrfProtection() throws -> CSRFProtection {
        if let protection = extensions[ProtectionKey.self] { return protection }
        let protection = CSRFProtection(try CSRFSettings(settings))
        extensions[ProtectionKey.self] = protection
        return protection
    }
}

extension Request {
    /// The token that a form or a script of this response sends back.
    /// - Throws: `NoSecretKey`, `SettingError`
    public func csrfToken() throws -> String { try app.csrfProtection().token(for: self) }

    /// Checks the token of a form. A request that has passed the protection of the whole app is not checked again.
    /// - Throws: `CSRFError`, whose text belongs to the form
    public func validateCSRF(token: String?) throws {
        let protection = try app.csrfProtection()
        guard protection.settings.isEnabled, storage[PassedKey.self] != true else { return }
        try protection.validate(token, self)
    }

    /// Checks this request as `useCSRF` would, for views that decide by themselves.
    /// - Throws: `CSRFError`
    public func protectFromCSRF() throws { try app.csrfProtection().check(self) }
}

extension RouteRegistry {
    /// The same registry; views registered through it are not checked by `useCSRF`.
    ///
    ///     try app.csrfExempt.post("/hook") { request in … }
    public var csrfExempt: MarkedRoutes { MarkedRoutes(self, CSRFProtection.exemptMark) }
}

/// Routes that are registered with a mark.
public final class MarkedRoutes: RouteRegistry {
    private let registry: any RouteRegistry
    private let mark: String

    init(_ registry: any RouteRegistry, _ mark: String) {
        self.registry = registry
        self.mark = mark
    }

    public func add(_ registration: RouteRegistration) throws {
        var marked = registration
        marked.marks.insert(mark)
        try registry.add(marked)
    }
}
