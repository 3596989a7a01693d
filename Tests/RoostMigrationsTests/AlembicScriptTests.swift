import RoostMigrations
import Testing

@Suite("Scripts of Alembic")
struct AlembicScriptTests {
    private func script(_ body: String) -> String {
        """
        BEGIN;

        -- Running upgrade  -> a1

        \(body)

        INSERT INTO alembic_version (version_num) VALUES ('a1') RETURNING alembic_version.version_num;

        COMMIT;
        """
    }

    @Test("a comment line inside a text begins no revision, and a semicolon there ends no statement")
    func texts() throws {
        let sql = "INSERT INTO notes VALUES ('one;\n-- Running upgrade a1 -> b2\nCOMMIT;');"
        let script = try AlembicScript(script(sql))
        #expect(script.revisions.map(\.id) == ["a1"] && script.heads == ["a1"])
        #expect(script.revisions[0].statements.map(\.text) == [String(sql.dropLast())])
        #expect(script.revisions[0].versionStatements.count == 1 && script.transactions == 1)
    }

    @Test("a downgrade is refused")
    func downgrade() {
        let sql = "BEGIN;\n-- Running downgrade b2 -> a1\nDROP TABLE t;\nCOMMIT;"
        #expect(throws: AlembicError.self) { try AlembicScript(sql) }
    }

    @Test("a script without COMMIT, or whose last revision says nothing about its version, was cut off")
    func cutOff() {
        let whole = script("CREATE TABLE t (id integer);")
        #expect(throws: Never.self) { try AlembicScript(whole) }
        #expect(throws: AlembicError.self) { try AlembicScript(whole.replacing("COMMIT;", with: "")) }
        #expect(throws: AlembicError.self) {
            try AlembicScript(whole.replacing("INSERT INTO alembic", with: "SELECT 1; --"))
        }
    }

    @Test(
        "doubled percent signs become one, four become two",
        arguments: [("100%%", "100%"), ("%%%%", "%%"), ("%", "%"), ("%%%", "%%")])
    func percent(doubled: String, single: String) { #expect(AlembicScript.unescaped(doubled) == single) }
}
