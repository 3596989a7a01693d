internal import RoostPostgres

/// What a role may do; one bit each, as stored in `roles.permissions`.
struct Permission: OptionSet, Codable, Sendable, SQLConvertible {
    let rawValue: Int

    static let follow = Permission(rawValue: 1)
    static let comment = Permission(rawValue: 2)
    static let write = Permission(rawValue: 4)
    static let moderate = Permission(rawValue: 8)
    static let admin = Permission(rawValue: 16)
}
