import RoostPostgres
import Testing

@Suite("Fingerprints")
struct SQLFingerprintTests {
    @Test(
        "fold a statement to what its runs have in common",
        arguments: [
            // Literals
            ("SELECT 1", "select ?"),
            ("SELECT 'a', 1.5, .5, 1e9, 0xFF", "select ?, ?, ?, ?, ?"),
            ("SELECT 'it''s'", "select ?"),
            ("SELECT E'it\\'s', 'x'", "select ?, ?"),
            ("SELECT B'01', X'FF', N'n', U&'\\0061'", "select ?, ?, ?, ?"),
            ("SELECT 'one'\n'two'", "select ?"),
            ("SELECT $$a 'b' -- c$$", "select ?"),
            ("SELECT $q$ $$ $q$, 1", "select ?, ?"),
            ("SELECT * FROM t WHERE a = $1 AND b = $2", "select * from t where a = ? and b = ?"),
            ("SELECT * FROM t WHERE a = 'x' AND b = 7", "select * from t where a = ? and b = ?"),
            ("SELECT * FROM t WHERE ok = TRUE", "select * from t where ok = ?"),
            ("SELECT * FROM t WHERE ok IS TRUE", "select * from t where ok is true"),
            ("SELECT * FROM t WHERE ok IS NOT NULL", "select * from t where ok is not null"),
            ("UPDATE t SET a = NULL, b = false", "update t set a = ?, b = ?"),
            ("SELECT CASE WHEN a THEN NULL ELSE true END", "select case when a then ? else ? end"),
            ("SELECT * FROM a JOIN LATERAL (SELECT 1) b ON true", "select * from a join lateral (select ?) b on true"),
            ("SELECT coalesce(a, NULL)", "select coalesce(a, ?)"),
            // Signs
            ("SELECT * FROM t WHERE a = -5", "select * from t where a = ?"),
            ("SELECT * FROM t WHERE a=-5", "select * from t where a = ?"),
            ("SELECT a - 5 FROM t", "select a - ? from t"),
            ("SELECT a -5 FROM t", "select a - ? from t"),
            ("SELECT (a) - 5", "select (a) - ?"),
            ("SELECT -x, - 3", "select -x, ?"),
            ("SELECT 5 - -3", "select ? - ?"),
            ("SELECT * FROM t LIMIT +10 OFFSET -0", "select * from t limit ? offset ?"),
            ("SELECT -$1", "select -?"),
            ("SELECT a BETWEEN -1 AND -2", "select a between ? and ?"),
            // Names
            ("SELECT * FROM \"Users\"", "select * from \"Users\""),
            ("SELECT * FROM \"users\" WHERE \"a b\" = 'x'", "select * from \"users\" where \"a b\" = ?"),
            ("SELECT * FROM Public . Users", "select * from public.users"),
            ("SELECT \"a\"\"b\"", "select \"a\"\"b\""),
            ("SELECT U&\"d\\0061t\" FROM t1", "select U&\"d\\0061t\" from t1"),
            ("SELECT t1.a2, größe FROM t1", "select t1.a2, größe from t1"),
            ("SELECT T.* FROM T", "select t.* from t"),
            // Blanks, comments, case
            ("  select\n\t1  ;", "select ?"),
            ("SELECT 1;;", "select ?"),
            ("SELECT 1; SELECT 2", "select ?; select ?"),
            ("SELECT /* why /* nested */ 'x' */ 1 -- end", "select ?"),
            ("SELECT 1 -- 'unclosed\n + 2", "select ? + ?"),
            ("SELECT COUNT (*) FROM T", "select count(*) from t"),
            ("SELECT count( * )FROM t", "select count(*) from t"),
            ("sElEcT NoW()", "select now()"),
            ("SELECT a FROM t WHERE(a=1)", "select a from t where (a = ?)"),
            ("SELECT a,b FROM t", "select a, b from t"),
            // Casts
            ("SELECT '1'::int", "select ?::int"),
            ("SELECT '1' :: numeric ( 10 , 2 )", "select ?::numeric(10, 2)"),
            ("SELECT CAST('1' AS varchar(20))", "select cast(? as varchar(20))"),
            ("SELECT a::timestamp(3) with time zone", "select a::timestamp(3) with time zone"),
            ("SELECT '{1}'::int[]", "select ?::int[]"),
            ("SELECT DATE '2026-01-01', INTERVAL '1 day'", "select date ?, interval ?"),
            ("SELECT a::int IN (1, 2)", "select a::int in (?)"),
            ("SELECT char(65)", "select char(65)"),
            ("SELECT left(a, 5)", "select left(a, ?)"),
            ("SELECT -1::int", "select ?::int"),
            // Lists
            ("SELECT * FROM t WHERE id IN (1)", "select * from t where id in (?)"),
            ("SELECT * FROM t WHERE id IN (1, 2, 3)", "select * from t where id in (?)"),
            ("SELECT * FROM t WHERE id IN ($1,$2,$3,$4)", "select * from t where id in (?)"),
            ("SELECT * FROM t WHERE id NOT IN ('a', 'b')", "select * from t where id not in (?)"),
            ("SELECT * FROM t WHERE id IN (-1, NULL, 3)", "select * from t where id in (?)"),
            ("SELECT * FROM t WHERE id IN ('a'::text, 'b'::text)", "select * from t where id in (?::text)"),
            ("SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4))", "select * from t where (a, b) in ((?, ?))"),
            ("SELECT * FROM t WHERE id IN (1, x, 2, x)", "select * from t where id in (?, x)"),
            ("SELECT * FROM t WHERE id IN (f(1), f(2), g(1))", "select * from t where id in (f(?), g(?))"),
            ("SELECT * FROM t WHERE id IN (SELECT a, a FROM b)", "select * from t where id in (select a, a from b)"),
            ("SELECT * FROM t WHERE id IN (/* c */ SELECT 1)", "select * from t where id in (select ?)"),
            ("SELECT * FROM t WHERE id = ANY($1)", "select * from t where id = any(?)"),
            ("SELECT * FROM t WHERE id = ANY(ARRAY[1, 2, 3])", "select * from t where id = any(array[?])"),
            ("SELECT ARRAY[[1, 2], [3, 4]]", "select array[[?]]"),
            ("SELECT a[1], a[1:2]", "select a[?], a[?:?]"),
            ("SELECT 1, 2, 3", "select ?, ?, ?"),
            ("SELECT f(1, 2, 3)", "select f(?, ?, ?)"),
            ("INSERT INTO t (a, b) VALUES (1, 'x')", "insert into t (a, b) values (?, ?)"),
            ("INSERT INTO t(a, b) VALUES (1, 'x'), (2, 'y')", "insert into t (a, b) values (?, ?)"),
            ("INSERT INTO t VALUES ($1, $2), ($3, $4) RETURNING id", "insert into t values (?, ?) returning id"),
            ("INSERT INTO s.t (a) VALUES (1), (DEFAULT), (2)", "insert into s.t (a) values (?), (default)"),
            ("INSERT INTO t (a) VALUES (now()), (now())", "insert into t (a) values (now())"),
            ("VALUES (1), (2)", "values (?)"),
            ("SELECT * FROM (VALUES (1, 2), (3, 4)) v", "select * from (values (?, ?)) v"),
            (
                "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 2",
                "insert into t values (?) on conflict (id) do update set a = ?"
            ),
            // Operators
            ("SELECT a->>'b', c#>>'{d}', e @> '{}'", "select a ->> ?, c #>> ?, e @> ?"),
            ("SELECT a||'x'||b", "select a || ? || b"),
            ("SELECT a FROM t WHERE b LIKE '%x%' ESCAPE '!'", "select a from t where b like ? escape ?"),
            ("SELECT f(a := 1, b => 2)", "select f(a := ?, b => ?)"),
            ("SELECT * FROM t FETCH FIRST 5 ROWS ONLY", "select * from t fetch first ? rows only"),
            // Whole statements
            (
                "WITH a AS (SELECT 1), b AS MATERIALIZED (SELECT 2) SELECT * FROM a, b",
                "with a as (select ?), b as materialized (select ?) select * from a, b"
            ),
            (
                "SELECT sum(a) OVER (PARTITION BY b ORDER BY c) FROM t",
                "select sum(a) over (partition by b order by c) from t"
            ),
            ("DO $$ BEGIN PERFORM 1; END $$", "do ?"),
            ("DELETE FROM t WHERE id = 1 AND NOT (a OR b)", "delete from t where id = ? and not (a or b)"),
            ("BEGIN", "begin"),
            ("", ""),
            (" -- nothing", ""),
            // Broken ones: what may be half a value is never shown
            ("SELECT 'secret", "select ?"),
            ("SELECT $$secret", "select ?"),
            ("SELECT \"secret", "select ?"),
            ("SELECT 1 /* secret", "select ?"),
            ("SELECT (1, 2", "select (?, ?"),
            ("SELECT 1) , 2)", "select ?), ?)"),
        ] as [(String, String)])
    func folds(statement: String, expected: String) {
        #expect(SQLFingerprint(of: statement).text == expected)
    }

    @Test("are equal for IN lists of one and of a thousand elements")
    func longLists() {
        let long = (1...1000).map(String.init).joined(separator: ", ")
        #expect(
            SQLFingerprint(of: "SELECT a FROM t WHERE b IN (\(long))")
                == SQLFingerprint(of: "SELECT a FROM t WHERE b IN (7)"))
        let rows = (1...1000).map { "(\($0), 'x')" }.joined(separator: ",")
        #expect(
            SQLFingerprint(of: "INSERT INTO t VALUES \(rows)") == SQLFingerprint(of: "INSERT INTO t VALUES (1, 'y')"))
    }

    @Test(
        "tell statements apart that differ in more than values",
        arguments: [
            ("SELECT * FROM \"users\" WHERE id = 1", "SELECT * FROM \"posts\" WHERE id = 1"),
            ("SELECT \"A\" FROM t", "SELECT \"a\" FROM t"),
            ("SELECT 'a' FROM t", "SELECT \"a\" FROM t"),
            ("SELECT a FROM t", "SELECT b FROM t"),
            ("SELECT a IS NULL FROM t", "SELECT a IS NOT NULL FROM t"),
            ("SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE b > 1"),
            ("SELECT '1'::int", "SELECT '1'::text"),
            ("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1, 2)"),
            ("SELECT a FROM t LIMIT 1", "SELECT a FROM t OFFSET 1"),
            ("SELECT a -- b\nFROM t", "SELECT a - b FROM t"),
        ])
    func tellsApart(one: String, other: String) {
        #expect(SQLFingerprint(of: one) != SQLFingerprint(of: other))
    }

    @Test("have hashes of 16 digits that never change between releases, since logs keep them")
    func stableHash() {
        #expect(SQLFingerprint(of: "").hash == "cbf29ce484222325")
        #expect(SQLFingerprint(of: "SELECT 1").hash == SQLFingerprint(of: "select\n2;").hash)
        #expect(SQLFingerprint(of: "SELECT 1").hash.utf8.count == 16)
    }

    @Test("do not show a literal, whatever the bytes around it")
    func fuzz() {
        for bytes in SQLFuzz.inputs() {
            _ = SQLFingerprint(of: String(decoding: bytes, as: UTF8.self))
            let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
            let marked = SQLFingerprint(of: "SELECT 'hidden4711' " + text).text
            #expect(!marked.contains("4711"), "\(text.debugDescription)")
        }
    }

    @Test("of a deep or long hostile statement take time in proportion to it")
    func hostile() {
        let deep = String(repeating: "IN (ARRAY[", count: 20_000)
        #expect(SQLFingerprint(of: deep).text.utf8.count < 2 * deep.utf8.count)
        let names = "SELECT a IN (" + (0..<20_000).map { "c\($0)" }.joined(separator: ",") + ")"
        #expect(SQLFingerprint(of: names).text.hasSuffix("c19999)"))
    }

    @Test("name a text and a set of values by hashes that are quick to take")
    func identity() {
        let (one, two): (SQL, SQL) = ("SELECT \(1), \("x")", "SELECT \(2), \("x")")
        #expect(one.textHash == two.textHash)
        #expect(one.valuesHash != two.valuesHash)
        #expect(one.valuesHash == ("SELECT \(1), \("x")" as SQL).valuesHash)
        #expect(one.textHash != ("SELECT \(1), \("x") " as SQL).textHash)
        #expect(("SELECT \(secret: "x")" as SQL).hasSecrets && !one.hasSecrets)
    }
}
