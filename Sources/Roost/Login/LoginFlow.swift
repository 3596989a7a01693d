internal import RoostSigning

/// What happens to a request that needs a login and has none.
enum LoginFlow {
    /// Nil when the request may go on.
    static func refusal(of request: Request) throws -> Response? {
        let manager = try request.loginManager()
        guard !isExempt(request, manager), try !request.isLoggedIn else { return nil }
        return try unauthorized(request, manager)
    }

    /// Nil when the request may go on.
    static func staleRefusal(of request: Request) throws -> Response? {
        let manager = try request.loginManager()
        guard !isExempt(request, manager) else { return nil }
        guard try request.isLoggedIn else { return try unauthorized(request, manager) }
        guard !request.isLoginFresh else { return nil }
        if let handler = manager.needsRefreshHandler { return try handler(request).response(to: request) }
        let settings = manager.settings
        return try ask(
            request, settings, settings.refreshView, settings.refreshMessage, settings.refreshMessageCategory)
    }

    private static func isExempt(_ request: Request, _ manager: LoginManager) -> Bool {
        request.method == .options || manager.settings.isDisabled
    }

    private static func unauthorized(_ request: Request, _ manager: LoginManager) throws -> Response {
        if let handler = manager.unauthorizedHandler { return try handler(request).response(to: request) }
        let settings = manager.settings
        let view = request.blueprint.flatMap { settings.blueprintViews[$0] } ?? settings.view
        return try ask(request, settings, view, settings.message, settings.messageCategory)
    }

    private static func ask(
        _ request: Request, _ settings: LoginSettings, _ view: String?, _ message: String?, _ category: String
    ) throws -> Response {
        guard let view else { throw HTTPError(.unauthorized) }
        if let message { request.flash(message, category: category) }
        let login = try address(of: view, request)
        let next = NextAddress(login: login, request: request)
        guard settings.keepsNextInSession else {
            return .redirect(to: next.loginAddress(host: settings.redirectHost))
        }
        request.session[LoginKey.identifier] = .text(request.loginIdentifier)
        request.session[LoginKey.next] = .text(next.text)
        return .redirect(to: login)
    }

    /// A login view is an address already, or an endpoint.
    private static func address(of view: String, _ request: Request) throws -> String {
        for start in ["/", "http://", "https://"] where view.utf8.starts(with: start.utf8) { return view }
        return try request.urlFor(view)
    }
}

extension Request {
    fileprivate func loginManager() throws -> LoginManager {
        guard let manager = app.login else { throw LoginNotUsed() }
        return manager
    }
}
