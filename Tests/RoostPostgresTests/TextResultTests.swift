import RoostPostgres
import Testing

extension ServerTests {
    @Suite("Results as text")
    struct TextResultTests {
        @Test("every type comes as PostgreSQL writes it, NULL as nil, and numbers are told apart")
        func values() throws {
            try TestDatabase.with { db in
                let result = try db.textResult(
                    unsafe: "SELECT 7 AS n, '' AS t, NULL::int AS e, true AS b, '{1,2}'::int[] AS l, 1.50 AS d")
                #expect(result.rows == [["7", "", nil, "t", "{1,2}", "1.50"]])
                #expect(result.columns.map(\.name) == ["n", "t", "e", "b", "l", "d"])
                #expect(result.columns.map(\.isNumber) == [true, false, true, false, false, true])
            }
        }

        @Test("several statements are one transaction, and the last one's result is given")
        func several() throws {
            try TestDatabase.with { db in
                let result = try db.textResult(unsafe: "CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)")
                #expect(result.tag == "INSERT 0 2" && result.columns.isEmpty && result.rows.isEmpty)
                #expect(throws: QueryError.self) { try db.textResult(unsafe: "INSERT INTO t VALUES (3); SELECT 1/0") }
                let count = try db.textResult(unsafe: "SELECT count(*) FROM t")
                #expect(count.rows == [["2"]] && count.columns.map(\.isNumber) == [true] && count.tag == "SELECT 1")
                try TestDatabase.expectAlive(db)
            }
        }
    }
}
