internal import Roost
internal import RoostDatabase
internal import RoostHTTP

/// Finds out who calls the API: HTTP Basic authentication (RFC 7617) with e-mail address and password, or with a token
/// as user name and an empty password. Sessions do not count.
struct APIAuthentication {
    private let failures: FailureLimit
    private let addressFailures: FailureLimit
    private let policy: PasswordPolicy
    private let verified: VerifiedPasswords

    /// - Throws: `SharedMemoryError` when there is no memory to count failures in.
    init(_ blog: BlogSettings) throws {
        failures = try FailureLimit(.perMinute(blog.api.failures))
        addressFailures = try FailureLimit(.perMinute(blog.api.failuresPerAddress))
        policy = blog.passwords
        verified = VerifiedPasswords(lifetime: blog.api.passwordMemory)
    }

    /// Lets calls of confirmed accounts through; their user is `request.user` then.
    var guarding: RouteGuard {
        RouteGuard { request in
            guard case .basic(let name, let password)? = request.authorization, !name.isEmpty,
                let user = try user(name, password, request)
            else { throw APIProblem.unauthorized() }
            guard user.isConfirmed else { throw APIProblem.forbidden("Unconfirmed account") }
            request.setCurrentUser(user)
            request.storage[TokenUseKey.self] = password.isEmpty
            return nil
        }
    }

    private func user(_ name: String, _ password: String, _ request: Request) throws -> User? {
        // A token is checked by a single HMAC, and guessing one is hopeless: there is nothing to limit.
        guard !password.isEmpty else {
            return try AccountTokens(request.app).apiUser(of: name, in: request.database)
        }
        let account = AccountRules.normalized(email: name)
        try failures.check(request, account)
        try addressFailures.check(request)
        let user = try User.find(email: account, in: request.database)
        if isPassword(password, of: user, request) { return user }
        try failures.count(request, account)
        try addressFailures.count(request)
        return nil
    }

    private func isPassword(_ password: String, of user: User?, _ request: Request) -> Bool {
        if let hash = user?.passwordHash, verified.knows(password, of: hash) { return true }
        guard request.checks(password, of: user, policy), let hash = user?.passwordHash else { return false }
        verified.add(password, of: hash)
        return true
    }
}

private enum TokenUseKey: StorageKey { typealias Value = Bool }

extension Request {
    /// Whether the call to the API was made with a token, not with a password.
    var usesToken: Bool { storage[TokenUseKey.self] ?? false }

    /// Who calls the API.
    var caller: User {
        get throws {
            guard let user = try user else { throw APIProblem.unauthorized() }
            return user
        }
    }
}

extension RouteGuard {
    /// The caller's role has a permission.
    static func mayCall(_ permission: Permission) -> RouteGuard {
        RouteGuard { request in
            guard try request.allows(permission) else { throw APIProblem.forbidden("Insufficient permissions") }
            return nil
        }
    }
}
