import Glibc
import Roost
import RoostDatabase
import RoostPostgres
import RoostSigning
import Testing

/// Needs a server: ROOST_TEST_DATABASE names it. Each test has a schema of its own.
@Suite("Sessions in PostgreSQL", .serialized, .enabled(if: getenv("ROOST_TEST_DATABASE") != nil))
struct DatabaseSessionsTests {
    final class Time { var now: Int64 = 2_000_000_000 }

    private func withApp(_ time: Time = Time(), _ body: (App, Connection) throws -> Void) throws {
        let base = String(cString: try #require(getenv("ROOST_TEST_DATABASE")))
        let schema = "s_" + SecureRandom.bytes(8).map { String($0, radix: 16) }.joined()
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer { _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE") }
        let url = base + (base.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
        let app = try makeApp(url, time)
        let connection = try #require(app.database).connection
        defer { connection.close() }
        let up = DatabaseSessions.migration.split(separator: "-- migrate:down")[0]
        try connection.script(unsafe: String(up))
        try body(app, connection)
    }

    private func makeApp(_ url: String, _ time: Time) throws -> App {
        let known = FlaskSettings.all + SlowQuerySettings.known + DatabaseSettings.all
        let settings = try Settings(known: known, ["database.url": url])
        let app = App("test", settings: settings)
        app.logger.logLevel = .critical
        app.unixTime = { time.now }
        try app.useDatabase(settings)
        try app.useDatabaseSessions(in: DatabaseSessions(sweepOneIn: 1))
        try app.get("/count") { request in
            let count = (request.session.get("count", as: Int.self) ?? 0) + 1
            request.session["count"] = .integer(count)
            return "\(count)"
        }
        return app
    }

    @Test("a session lives in a row, under a digest of its id")
    func row() throws {
        try withApp { app, database in
            let client = app.testClient()
            #expect(client.get("/count").text == "1")
            #expect(client.get("/count").text == "2")
            let id = try #require(client.cookies["session"])
            let (key, data) = try #require(
                try database.first("SELECT key, data FROM sessions", as: (String, String).self))
            #expect(key == SigningDigest.sha256.hexText(of: id) && data == #"{"count":2}"#)
            #expect(app.testClient().get("/count").text == "1")
        }
    }

    @Test("types and hostile text come back as they were")
    func values() throws {
        try withApp { app, database in
            let client = app.testClient()
            let value: SessionValue = [
                .tuple([1]), "O'Hara; DROP TABLE sessions; --", "\0\u{1F600}", .bytes([0, 255]),
            ]
            try client.session { $0["value"] = value }
            #expect(try client.session { $0["value"] } == value)
        }
    }

    @Test("a row whose time has passed is no session, and is swept when another is saved")
    func swept() throws {
        let time = Time()
        try withApp(time) { (app: App, database: Connection) throws in
            let client = app.testClient()
            #expect(client.get("/count").text == "1")
            time.now += 2_678_400
            #expect(client.get("/count").text == "1")
            #expect(try database.value("SELECT count(*) FROM sessions", as: Int.self) == 1)
        }
    }

    @Test("an emptied session takes its row with it")
    func removed() throws {
        try withApp { app, database in
            let client = app.testClient()
            _ = client.get("/count")
            try client.session { $0.clear() }
            #expect(try database.value("SELECT count(*) FROM sessions", as: Int.self) == 0)
        }
    }

    @Test("a row that somebody broke is an empty session, a session that is too large an error page")
    func broken() throws {
        try withApp { app, database in
            try app.get("/big") { request in
                request.session["big"] = .text(String(repeating: "a", count: 2 << 20))
                return "big"
            }
            let client = app.testClient()
            _ = client.get("/count")
            try database.execute("UPDATE sessions SET data = '{broken'")
            #expect(client.get("/count").text == "1")
            #expect(client.get("/big").error is SessionTooLarge)
        }
    }
}
