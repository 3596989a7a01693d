internal import RoostTemplates

/// The `Permission` of templates, as in the book: `{% if current_user.can(Permission.WRITE) %}`.
struct PermissionView: TemplateObject {
    func member(_ name: String) -> TemplateValue? { Self.named[name].map { .int($0.rawValue) } }

    private static let named: [String: Permission] = [
        "FOLLOW": .follow, "COMMENT": .comment, "WRITE": .write, "MODERATE": .moderate, "ADMIN": .admin,
    ]

    /// The permission that `can_write` and its like ask for.
    static func permission(asked name: String) -> Permission? {
        switch name {
        case "can_follow": .follow
        case "can_comment": .comment
        case "can_write": .write
        case "can_moderate": .moderate
        case "can_admin": .admin
        default: nil
        }
    }

    /// `current_user.can(…)`.
    static func check(_ can: @escaping (Permission) -> Bool) -> TemplateValue {
        .function(
            TemplateFunction("can") { call in
                guard case .int(let bits)? = call.argument(0, "perm") else {
                    throw TemplateError("can() needs a permission, such as Permission.WRITE")
                }
                return .bool(can(Permission(rawValue: bits)))
            })
    }
}
