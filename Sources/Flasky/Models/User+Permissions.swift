internal import Roost
internal import RoostPostgres

extension User: PermittedUser {
    /// Whether the role, which must have been loaded, has every one of some permissions. Who has no role may nothing.
    func can(_ permission: Permission) -> Bool { role.value?.permissions.isSuperset(of: permission) ?? false }

    var isAdministrator: Bool { can(.admin) }
}

extension Request {
    /// Whoever is logged in; nil for strangers.
    var user: User? { get throws { try currentUser(as: User.self) } }

    /// Whether whoever asks may do something; strangers may nothing.
    func allows(_ permission: Permission) throws -> Bool { try user?.can(permission) ?? false }
}
