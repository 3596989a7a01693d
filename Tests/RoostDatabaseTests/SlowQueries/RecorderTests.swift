import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import RoostDatabase

extension ServerTests {
    @Suite("The recorder")
    struct RecorderTests {
        private let everything = SlowQuerySettings(threshold: .zero, release: "v1")
        private let nothing = SlowQuerySettings(threshold: .seconds(3600), release: "v1")

        @Test("writes a slow statement in one line with where, when, how long, for whom and by which process")
        func slow() throws {
            try TestApp.with(everything, routes: { _ in }) { (test: TestApp) throws in
                try test.app.startWorker(slot: 3, pid: 42)
                test.app.database?.recorder.generation = 7
                test.app.database?.recorder.userID = { _ in "17" }
                _ = test.client.get("/sql?secret=1")
                let line = try #require(try test.lines().first)
                #expect(try test.lines().count == 1)
                #expect(line["kind"] == "slow")
                #expect(line["statement"] == "SELECT $1::int, $2::text")
                #expect(line["fingerprint"]?.string == SQLFingerprint(of: "SELECT 1::int, ''::text").hash)
                #expect(line["parameters"] == ["<1 bytes>", "<6 bytes>"])
                #expect(line["rows"] == 1)
                #expect(line["endpoint"] == "sql" && line["method"] == "GET" && line["path"] == "/sql")
                #expect(line["worker"] == 3 && line["pid"] == 42 && line["generation"] == 7)
                #expect(line["user_id"] == "17" && line["release"] == "v1")
                #expect(line["request_id"]?.string?.isEmpty == false)
                #expect(line["call_site"]?.string?.contains("TestApp.swift:") == true)
                let parts = try ["wait_ms", "server_ms", "decode_ms"].map { try #require(line[$0]?.double) }
                #expect(abs(try #require(line["duration_ms"]?.double) - parts.reduce(0, +)) < 0.01)
                #expect(Timestamp(iso8601: try #require(line["start"]?.string)) != nil)
                #expect(try !test.text().contains("hidden"))
            }
        }

        @Test("writes nothing below the threshold, and shows values only when told to, secrets never")
        func parameters() throws {
            try TestApp.with(nothing, routes: { _ in }) { (test: TestApp) throws in
                _ = test.client.get("/sql")
                #expect(try test.lines().isEmpty)
            }
            let shown = SlowQuerySettings(threshold: .zero, showsParameters: true)
            try TestApp.with(
                shown,
                routes: { app in
                    try app.get("/secret") { (request: Request) in
                        _ = try request.database.rows(
                            "SELECT \("seen")::text, \(secret: "unseen")::text, \(nil as Int?)::int")
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                _ = test.client.get("/secret")
                #expect(try test.lines().first?["parameters"] == ["seen", "<secret>", "NULL"])
                #expect(try !test.text().contains("unseen"))
            }
        }

        @Test("writes failed and cancelled statements, however quick they were")
        func failures() throws {
            try TestApp.with(
                nothing,
                routes: { app in
                    try app.get("/fail") { (request: Request) in
                        try request.database.execute("SELECT * FROM no_such_table")
                        return Response.text("never")
                    }
                    try app.get("/cancelled") { (request: Request) in
                        try request.database.execute("SET statement_timeout = 20")
                        try request.database.execute("SELECT pg_sleep(5)")
                        return Response.text("never")
                    }
                }
            ) { (test: TestApp) throws in
                #expect(test.client.get("/fail").status.code == 500)
                #expect(test.client.get("/cancelled").status.code == 500)
                let failed = try #require(try test.lines("failed").first)
                #expect(failed["sql_state"] == "42P01")
                #expect(failed["error"]?.string?.contains("no_such_table") == true)
                #expect(failed["endpoint"] == "fail")
                #expect(try test.lines("cancelled").first?["sql_state"] == "57014")
                #expect(try test.lines().count == 2)
            }
        }

        @Test("calls a statement per row n+1, with count, total and call site, in one line")
        func nPlusOne() throws {
            try TestApp.with(
                nothing,
                routes: { app in
                    try app.get("/rows/<int:count>", endpoint: "rows") { (request: Request, count: Int) in
                        for id in 0..<count { _ = try request.database.rows("SELECT \(id)::int") }
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                _ = test.client.get("/rows/10")
                #expect(try test.lines().isEmpty, "ten runs are allowed")
                _ = test.client.get("/rows/11")
                let line = try #require(try test.lines().first)
                #expect(try test.lines().count == 1)
                #expect(line["kind"] == "n_plus_one" && line["count"] == 11 && line["logged_count"] == 0)
                #expect(line["endpoint"] == "rows" && line["statement"] == "SELECT $1::int")
                let (total, longest) = (try #require(line["total_ms"]?.double), try #require(line["max_ms"]?.double))
                #expect(total >= longest && longest > 0)
                #expect(line["call_site"]?.string?.contains("RecorderTests.swift:") == true)
            }
        }

        @Test("calls the same statement with the same values a duplicate")
        func duplicate() throws {
            try TestApp.with(
                nothing,
                routes: { app in
                    try app.get("/same") { (request: Request) in
                        for id in 0..<12 { _ = try request.database.rows("SELECT \(id % 2)::int") }
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                _ = test.client.get("/same")
                #expect(try test.lines().map { $0["kind"]?.string } == ["duplicate"])
                #expect(try test.lines().first?["count"] == 12)
            }
        }

        @Test("counts texts together that differ in literals, and statements of different lines apart")
        func mixed() throws {
            try TestApp.with(
                nothing,
                routes: { app in
                    try app.get("/literals") { (request: Request) in
                        for id in 0..<11 { _ = try request.database.rows(SQL.unsafe("SELECT \(id) AS literal")) }
                        return Response.text("done")
                    }
                    try app.get("/lines") { (request: Request) in
                        for id in 0..<6 { _ = try request.database.rows("SELECT \(id)::int") }
                        for id in 0..<6 { _ = try request.database.rows("SELECT \(id)::int") }
                        return Response.text("done")
                    }
                    try app.get("/transactions") { (request: Request) in
                        for _ in 0..<20 { try request.database.transaction {} }
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                for path in ["/literals", "/lines", "/transactions"] { _ = test.client.get(path) }
                #expect(try test.lines().map { $0["path"]?.string } == ["/literals"])
                #expect(try test.lines().first?["kind"] == "n_plus_one")
            }
        }

        @Test("leaves accepted repeats alone, by endpoint or fingerprint")
        func ignored() throws {
            let hash = SQLFingerprint(of: "SELECT 1::int").hash
            for subject in [IgnoredRepeat.Subject.endpoint("rows"), .fingerprint(hash)] {
                let settings = SlowQuerySettings(
                    threshold: .seconds(3600), ignored: [IgnoredRepeat(subject, reason: "a test")])
                try TestApp.with(
                    settings,
                    routes: { app in
                        for name in ["rows", "others"] {
                            try app.get("/\(name)", endpoint: name) { (request: Request) in
                                for id in 0..<11 {
                                    let sql: SQL = name == "rows" ? "SELECT \(id)::int" : "SELECT \(id)::text"
                                    _ = try request.database.rows(sql)
                                }
                                return Response.text("done")
                            }
                        }
                    }
                ) { (test: TestApp) throws in
                    for path in ["/rows", "/others"] { _ = test.client.get(path) }
                    #expect(try test.lines().map { $0["path"]?.string } == ["/others"])
                }
            }
        }

        @Test("ends a request's account with the request")
        func requestsApart() throws {
            try TestApp.with(nothing, routes: { _ in }) { (test: TestApp) throws in
                for _ in 0..<30 { _ = test.client.get("/sql") }
                #expect(try test.lines().isEmpty)
            }
        }

        @Test("keeps a line whole and short, whatever statement and values")
        func hugeLine() throws {
            let noise = String(repeating: "\u{1}\"é", count: 100_000)
            try TestApp.with(
                SlowQuerySettings(threshold: .zero, showsParameters: true),
                routes: { app in
                    try app.get("/huge") { (request: Request) in
                        let long = SQL.unsafe("SELECT '" + noise + "', ")
                        _ = try request.database.rows("\(long)\(noise)::text, \((0..<5000).map { $0 })::int[]")
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                _ = test.client.get("/huge")
                let line = try #require(try test.lines().first)
                #expect(try test.text().utf8.count < LogFile.lineLimit)
                #expect(line["normalized"] == "select ?, ?::text, ?::int[]")
                #expect(try #require(line["statement_bytes"]?.int) > 400_000)
            }
        }

        @Test("stops writing after a thousand lines of one request, and says how many more there were")
        func flood() throws {
            try TestApp.with(
                everything,
                routes: { app in
                    try app.get("/flood") { (request: Request) in
                        for _ in 0..<1500 { _ = try request.database.rows("SELECT 1") }
                        return Response.text("done")
                    }
                }
            ) { (test: TestApp) throws in
                _ = test.client.get("/flood")
                #expect(try test.lines("slow").count == 1000)
                // 500 slow ones, and the duplicate they make.
                #expect(try test.lines("dropped").first?["count"] == 501)
            }
        }

        @Test("makes the number of a request's statements a line in a test, and shows them when there are too many")
        func counting() throws {
            try TestApp.with(nothing, routes: { _ in }) { (test: TestApp) throws in
                let queries = test.client.get("/sql").queries
                #expect(queries <= 1)
                #expect(queries > 0 && queries == 1)
                #expect(queries.description == "1 statement:\n  1 × SELECT $1::int, $2::text")
            }
        }
    }
}
