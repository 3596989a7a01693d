/// A user of an app, as logging in knows one. The app's own type conforms to it.
public protocol LoginUser {
    /// What the session and the remember cookie keep, as text: `"42"`. The user loader gets it back.
    var loginID: String { get }
    /// Whether the user may log in at all; a blocked one may not.
    var isActive: Bool { get }
}

extension LoginUser {
    public var isActive: Bool { true }
}

/// A user with permissions, for `RouteGuard.permission`.
public protocol PermittedUser: LoginUser {
    associatedtype Permission
    func can(_ permission: Permission) -> Bool
}
