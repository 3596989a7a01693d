import RoostMigrations
import Testing

@Suite("The statement splitter")
struct SplitterTests {
    @Test(
        "splits at the semicolons that end statements",
        arguments: [
            ("SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]),
            (" ;; \n-- only a comment; here\n", []),
            ("SELECT ';' ; SELECT 'it''s;'", ["SELECT ';'", "SELECT 'it''s;'"]),
            (#"SELECT E'\';'; SELECT 'a\'; SELECT 3"#, [#"SELECT E'\';'"#, #"SELECT 'a\'"#, "SELECT 3"]),
            ("SELECT \"a;b\"; SELECT 2", ["SELECT \"a;b\"", "SELECT 2"]),
            (
                "SELECT $$;$$; SELECT $x$ $$;$$ $y$; $x$; SELECT $1",
                ["SELECT $$;$$", "SELECT $x$ $$;$$ $y$; $x$", "SELECT $1"]
            ),
            ("SELECT a$b$c; SELECT 2", ["SELECT a$b$c", "SELECT 2"]),
            ("/* ; /* ; */ ; */ SELECT 1 /* ; */ + 1; -- ;\nSELECT 2", ["SELECT 1 /* ; */ + 1", "SELECT 2"]),
            (
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
                ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"]
            ),
            (
                "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
                [
                    "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
                    "SELECT 3",
                ]
            ),
            ("BEGIN; SELECT 1; END", ["BEGIN", "SELECT 1", "END"]),
            ("SELECT 'unterminated; SELECT 2", ["SELECT 'unterminated; SELECT 2"]),
        ] as [(String, [String])])
    func splits(text: String, expected: [String]) throws {
        #expect(try StatementSplitter.split(text).map(\.text) == expected)
    }

    @Test("tells line and column in characters")
    func places() throws {
        let statements = try StatementSplitter.split("-- é\nSELECT 'é'; SELECT 2;\n\n  SELECT 3")
        #expect(statements.map(\.line) == [2, 2, 4])
        #expect(statements.map(\.column) == [1, 13, 3])
    }

    @Test("refuses a psql command where it stands")
    func metaCommand() throws {
        let error = try #require(throws: MigrationError.self) {
            try StatementSplitter.split("SELECT 1;\n \\copy t from 'x'")
        }
        #expect(error.line == 2 && error.column == 2)
    }
}
