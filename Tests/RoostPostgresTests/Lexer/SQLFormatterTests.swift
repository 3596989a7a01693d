import RoostPostgres
import Testing

@Suite("The SQL formatter")
struct SQLFormatterTests {
    @Test("gives each clause a line, capitals to keywords, and changes nothing else")
    func clauses() {
        let text = SQLFormatter.format(
            """
            select p.id,u.username from posts p left join users u on u.id=p.author_id
            where p.body like '%from where%' and (p.score>-1 or p.score is null) and p.at between $1 and $2
            group by p.id order by p.at desc limit 20;
            """)
        #expect(
            text == """
                SELECT p.id, u.username
                FROM posts p
                LEFT JOIN users u ON u.id = p.author_id
                WHERE p.body LIKE '%from where%'
                  AND (p.score > -1 OR p.score IS NULL)
                  AND p.at BETWEEN $1 AND $2
                GROUP BY p.id
                ORDER BY p.at DESC
                LIMIT 20;
                """)
    }

    @Test("indents subqueries and leaves brackets of functions on their line")
    func subqueries() {
        let text = SQLFormatter.format(
            "with a as (select extract(year from t) from b) delete from c where id in (select id from a) returning *")
        #expect(
            text == """
                WITH a AS (
                    SELECT extract(year FROM t)
                    FROM b
                )
                DELETE FROM c
                WHERE id IN (
                    SELECT id
                    FROM a
                )
                RETURNING *
                """)
    }

    @Test("indents a query inside a wrapped list from where it stands")
    func wrappedQuery() {
        let columns = (1...12).map { "column_\($0)" }.joined(separator: ", ")
        let text = SQLFormatter.format("SELECT \(columns), (SELECT 1 FROM b) AS c FROM d")
        #expect(text.hasSuffix("column_12, (\n        SELECT 1\n        FROM b\n    ) AS c\nFROM d"), "\(text)")
    }

    @Test("wraps long lists, keeps comments and conditions inside CASE where they are")
    func others() {
        let columns = (1...40).map { "column_\($0)" }.joined(separator: ",")
        let lines = SQLFormatter.format("SELECT \(columns) FROM t").split(separator: "\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 110 } && lines.count > 4)
        #expect(SQLFormatter.format("SELECT 1 -- one\n, 2") == "SELECT 1 -- one\n, 2")
        #expect(SQLFormatter.format("select case when a and b then 1 end") == "SELECT CASE WHEN a AND b THEN 1 END")
        #expect(SQLFormatter.format("update t set a=1 where b=-2") == "UPDATE t\nSET a = 1\nWHERE b = -2")
    }

    @Test(
        "keeps the statement's meaning: its fingerprint is that of the original",
        arguments: [
            "select a.b, c::int, -5, d[1:2] from t where x = any($1) and y @> '{\"a\":1}' -- end",
            "insert into t (a, b) values (1, E'\\''), (2, 'x') on conflict (a) do update set b = excluded.b",
            "select * from a natural join b cross join c full outer join d using (x) where e is distinct from f",
            "select 'a'\n'b', $$ x $$, /* note */ count(*) filter (where z) over (order by q) from r",
            "create table t (id int primary key, a numeric(10,2) not null default 0.5)",
        ])
    func meaning(statement: String) {
        let formatted = SQLFormatter.format(statement)
        #expect(SQLFingerprint(of: formatted).text == SQLFingerprint(of: statement).text)
        #expect(SQLFormatter.format(formatted) == formatted, "formatting twice changes nothing")
    }

    @Test("takes any bytes")
    func fuzz() {
        for bytes in SQLFuzz.inputs() { _ = SQLFormatter.format(String(decoding: bytes, as: UTF8.self)) }
    }
}
