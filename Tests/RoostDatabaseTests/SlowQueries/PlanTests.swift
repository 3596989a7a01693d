import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import RoostDatabase

@Suite("Plans")
struct PlanTests {
    @Test(
        "are asked for single SELECTs that write nothing by their own words",
        arguments: [
            ("SELECT 1", true), ("select 1;", true), ("/* a */ WITH a AS (SELECT 1) SELECT * FROM a", true),
            ("VALUES (1)", true), ("SELECT 'insert'", true), ("SELECT \"update\" FROM t", true),
            ("INSERT INTO t VALUES (1)", false), ("WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", false),
            ("SELECT 1; DELETE FROM t", false), ("SELECT * INTO x FROM t", false),
            ("SELECT * FROM t FOR UPDATE", false),
            ("EXPLAIN ANALYZE SELECT 1", false), ("BEGIN", false), ("", false), ("CALL f()", false),
        ] as [(String, Bool)])
    func canExplain(statement: String, expected: Bool) {
        #expect(PlanCapture.canExplain(statement) == expected)
    }

    @Test("lose the values in their conditions, also those that go over lines, and keep their estimates")
    func redaction() {
        let plan = """
            Seq Scan on users  (cost=0.00..25.88 rows=6 width=36)
              Filter: ((email = 'a@b.c'::text) AND (age > 42) AND (bio = 'it''s
            hidden  (cost=1'::text))
            """
        let redacted = PlanText.withoutValues(plan)
        #expect(
            redacted == """
                Seq Scan on users  (cost=0.00..25.88 rows=6 width=36)
                  Filter: ((email = ?::text) AND (age > ?) AND (bio = ?::text))
                """)
        #expect(PlanText.withoutValues("  SubPlan 1\n  Limit: 4711") == "  SubPlan 1\n  Limit: ?")
    }

    @Test("have a shape that estimates and values do not change, and another step does")
    func shape() {
        let one = "Seq Scan on t  (cost=0.00..25.88 rows=6 width=36)\n  Filter: (a = 1)"
        let other = "Seq Scan on t  (cost=0.00..9.88 rows=99 width=4)\n  Filter: (a = 7)"
        #expect(PlanText.shape(of: one) == PlanText.shape(of: other))
        #expect(PlanText.shape(of: one) != PlanText.shape(of: "Index Scan on t  (cost=0.00..25.88 rows=6 width=36)"))
    }
}

extension ServerTests {
    @Suite("Plans of slow statements")
    struct CaptureTests {
        private func with(shown: Bool = false, timeout: Duration = .seconds(1), _ body: (TestApp) throws -> Void) throws
        {
            let settings = SlowQuerySettings(
                threshold: .zero, showsParameters: shown, explains: true, explainTimeout: timeout)
            try TestApp.with(
                settings,
                routes: { app in
                    try app.get("/find") { (request: Request) in
                        _ = try request.database.rows("SELECT * FROM people WHERE email = \("ann@example.com")")
                        return Response.text("done")
                    }
                    try app.get("/secret") { (request: Request) in
                        _ = try request.database.rows("SELECT * FROM people WHERE email = \(secret: "ann@example.com")")
                        return Response.text("done")
                    }
                    try app.get("/write") { (request: Request) in
                        try request.database.execute("INSERT INTO people VALUES ('x')")
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                try test.database.execute("CREATE TABLE people (email text)")
                try body(test)
            }
        }

        @Test("are written after the response, outside the request's statements, without values")
        func redacted() throws {
            try with { (test: TestApp) throws in
                #expect(test.client.get("/find").queries == 1)
                let plan = try #require(try test.lines("plan").first)
                #expect(plan["plan"]?.string?.hasPrefix("Seq Scan on people  (cost=") == true, "\(plan)")
                #expect(plan["plan"]?.string?.contains("Filter: (email = ?::text)") == true)
                #expect(plan["plan_kind"] == "custom" && plan["plan_shape"]?.string?.utf8.count == 16)
                #expect(try test.lines("slow").last?["fingerprint"] == plan["fingerprint"])
                #expect(plan["endpoint"] == "find")
                #expect(try !test.text().contains("ann@"))
            }
        }

        @Test("show values when parameters are shown; for a secret the plan is made without it")
        func shown() throws {
            try with(shown: true) { (test: TestApp) throws in
                _ = test.client.get("/find")
                #expect(try test.lines("plan").first?["plan"]?.string?.contains("'ann@example.com'::text") == true)
            }
            try with(shown: true) { (test: TestApp) throws in
                _ = test.client.get("/secret")
                let plan = try #require(try test.lines("plan").first)
                #expect(plan["plan_kind"] == "generic")
                #expect(plan["plan"]?.string?.contains("Filter: (email = $1)") == true, "\(plan)")
                #expect(try !test.text().contains("ann@"))
            }
        }

        @Test("come once a minute for a statement, and never for one that writes")
        func rate() throws {
            try with { (test: TestApp) throws in
                for _ in 0..<5 { _ = test.client.get("/find") }
                #expect(try test.lines("plan").count == 1)
                _ = test.client.get("/write")
                #expect(try test.lines("plan").count == 1)
                #expect(try test.database.value("SELECT count(*) FROM people") == 1, "the INSERT ran once")
            }
        }

        @Test("give up at their own timeout, say why, and leave the request alone")
        func timeout() throws {
            try with(timeout: .milliseconds(50)) { (test: TestApp) throws in
                let blocker = Connection(settings: test.database.settings)
                defer { blocker.close() }
                try blocker.transaction {
                    // The plan needs the table's lock; the request itself runs before it is taken.
                    let exchange = test.app.respond(to: test.client.request("GET", "/find"))
                    try blocker.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
                    exchange.finish(bytesWritten: 4)
                }
                let plan = try #require(try test.lines("plan").last)
                #expect(plan["error"]?.string?.contains("57014") == true, "\(plan)")
            }
        }

        @Test("are bounded in number for one request and for all statements of a minute")
        func bounds() throws {
            var queue = PlanQueue()
            let request = App("test").respond(to: App("test").testClient().request("GET", "/")).request
            for number in 0..<600 {
                let sql: SQL = .unsafe("SELECT a\(number)")
                queue.add(sql, SQLFingerprint(of: sql.text), CallSite(), request, now: Int64(number))
                #expect(queue.takeAll().count == (number < PlanQueue.memory ? 1 : 0))
            }
            for number in 0..<5 {
                let sql: SQL = .unsafe("SELECT b\(number)")
                queue.add(sql, SQLFingerprint(of: sql.text), CallSite(), request, now: PlanQueue.pause * 2)
            }
            #expect(queue.takeAll().count == PlanQueue.limit)
        }
    }
}
