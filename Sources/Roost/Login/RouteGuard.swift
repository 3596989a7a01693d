/// A condition that a request must meet before its view runs.
///
///     try app.requiring(.login).get("/secret") { request in "…" }
///     try admin.require(.permission(.moderate, of: User.self))     // every view of the blueprint
public struct RouteGuard {
    let check: (Request) throws -> Response?

    /// A condition of the app's own: nil lets the request go on, anything else is the answer.
    public init(_ check: @escaping (Request) throws -> (any ResponseConvertible)?) {
        self.check = { request in try check(request)?.response(to: request) }
    }

    /// Somebody is logged in; others are sent to the login page.
    public static var login: RouteGuard { RouteGuard { try LoginFlow.refusal(of: $0) } }

    /// The login was made with a password in this session; others are asked for it.
    public static var freshLogin: RouteGuard { RouteGuard { try LoginFlow.staleRefusal(of: $0) } }

    /// The user may do something; others get 403, and who is not logged in the login page.
    public static func permission<User: PermittedUser>(
        _ permission: User.Permission, of type: User.Type
    ) -> RouteGuard {
        user(type) { $0.can(permission) }
    }

    /// The user meets a condition; others get 403, and who is not logged in the login page.
    public static func user<User: LoginUser>(_ type: User.Type, _ isAllowed: @escaping (User) -> Bool) -> RouteGuard {
        RouteGuard { request in
            if let answer = try LoginFlow.refusal(of: request) { return answer }
            if request.app.login?.settings.isDisabled == true || request.method == .options { return nil }
            guard let user = try request.currentUser(as: User.self), isAllowed(user) else {
                throw HTTPError(.forbidden)
            }
            return nil
        }
    }
}

extension RouteRegistry {
    /// The same registry, with conditions before each view registered through it; the first is checked first.
    public func requiring(_ guards: RouteGuard...) -> GuardedRoutes { GuardedRoutes(self, guards) }
}

/// Routes that are registered with conditions before their views.
public final class GuardedRoutes: RouteRegistry {
    private let registry: any RouteRegistry
    private let guards: [RouteGuard]

    init(_ registry: any RouteRegistry, _ guards: [RouteGuard]) {
        self.registry = registry
        self.guards = guards
    }

    public func add(_ registration: RouteRegistration) throws {
        var guarded = registration
        guarded.view = { [guards] request in
            for condition in guards {
                if let answer = try condition.check(request) { return answer }
            }
            return try registration.view(request)
        }
        try registry.add(guarded)
    }
}

extension HookRegistry {
    /// Puts conditions before every view of the app or the blueprint. The login pages themselves are let through.
    public func require(_ guards: RouteGuard..., file: StaticString = #fileID, line: Int = #line) throws {
        try beforeRequest(file: file, line: line) { request -> (any ResponseConvertible)? in
            guard let endpoint = request.endpoint, !request.isLoginPage(endpoint) else { return nil }
            for condition in guards {
                if let answer = try condition.check(request) { return answer }
            }
            return nil
        }
    }
}

extension Request {
    fileprivate func isLoginPage(_ endpoint: String) -> Bool {
        guard let settings = app.login?.settings else { return false }
        return endpoint == settings.view || endpoint == settings.refreshView
            || settings.blueprintViews.values.contains(endpoint)
    }
}
