internal import RoostPostgres

extension Role {
    /// A role by its exact name.
    static func find(name: String, in database: Connection) throws -> Role? {
        try query.where(\.name == name).first(in: database)
    }

    /// The role with all permissions; nil before the roles were made.
    static func administrator(in database: Connection) throws -> Role? { try find(name: "Administrator", in: database) }

    /// The role of those who register; nil when none is marked so.
    static func standard(in database: Connection) throws -> Role? {
        try query.where(\.isDefault == true).order(\.id.ascending).first(in: database)
    }
}
