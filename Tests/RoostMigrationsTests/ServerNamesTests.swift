import RoostMigrations
import Testing

/// Names that PostgreSQL 15 and SQLAlchemy 2 gave.
@Suite("Names of what a migration did not name")
struct ServerNamesTests {
    private static let long = String(repeating: "a", count: 40)
    private static let middle = String(repeating: "b", count: 35)
    private static let accents = String(repeating: "é", count: 30)

    @Test("a name that is taken gets a number")
    func numbered() {
        #expect(ServerNames.constraint(.check, table: "r", columns: ["x"]) == "r_x_check")
        #expect(ServerNames.constraint(.check, table: "r", columns: ["x"], taken: ["r_x_check"]) == "r_x_check1")
        #expect(ServerNames.constraint(.check, table: "r", columns: ["x", "y"]) == "r_check")
        #expect(ServerNames.constraint(.unique, table: "r", columns: ["x", "y"]) == "r_x_y_key")
        #expect(ServerNames.constraint(.primaryKey, table: "r", columns: ["id"]) == "r_pkey")
        #expect(ServerNames.sequence(table: "r", column: "id") == "r_id_seq")
    }

    @Test(
        "the longer part is cut until all fits, between characters",
        arguments: [
            (ServerNames.Constraint.check, long, [middle], "\(long.prefix(28))_\(middle.prefix(28))_check"),
            (.primaryKey, long, [middle], "\(long)_pkey"),
            (.unique, long, ["c"], "\(long)_c_key"),
            (.unique, long, [middle, "c"], "\(long.prefix(29))_\(middle.prefix(29))_key"),
            (.foreignKey, long, [accents], "\(long.prefix(29))_\(accents.prefix(14))_fkey"),
            (.unique, accents, [accents], "\(accents.prefix(14))_\(accents.prefix(14))_key"),
        ])
    func shortened(kind: ServerNames.Constraint, table: String, columns: [String], name: String) {
        #expect(ServerNames.constraint(kind, table: table, columns: columns) == name)
        #expect(name.utf8.count <= ServerNames.limit)
    }

    @Test("SQLAlchemy cuts a long index name and adds four digits of its digest")
    func indexes() {
        #expect(
            ServerNames.sqlAlchemyIndex(table: Self.long, column: Self.middle)
                == "ix_\(Self.long)_\(Self.middle.prefix(11))_5abb")
        let exact = "ix_\(String(repeating: "a", count: 29))_\(String(repeating: "b", count: 30))"
        #expect(
            ServerNames.sqlAlchemyIndex(
                table: String(repeating: "a", count: 29), column: String(repeating: "b", count: 30)) == exact)
    }
}
