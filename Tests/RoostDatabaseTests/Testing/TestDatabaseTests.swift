import FoundationEssentials
import Roost
import RoostDatabase
import RoostHTTP
import RoostPostgres
import Testing

@Suite(
    "A test on the app's database", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"] != nil, "ROOST_TEST_DATABASE is not set"))
struct TestDatabaseTests {
    private struct Refused: Error {}

    private static let known = DatabaseSettings.all + SlowQuerySettings.known
    private static var url: String { ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"] ?? "" }

    /// An app whose views add names to a table that each test makes for itself.
    private func makeApp(
        _ more: [Setting] = [], _ values: [String: String] = [:], _ register: (App) throws -> Void = { _ in }
    ) throws -> App {
        let settings = try Settings(
            known: Self.known + more, ["database.url": Self.url].merging(values) { $1 })
        let app = App("test", settings: settings)
        try app.useDatabase(settings)
        try app.post("/add/<name>") { (request, name: String) in
            try request.database.execute("INSERT INTO guests VALUES (\(name))")
            return "added"
        }
        try app.post("/add-and-fail/<name>") { (request, name: String) -> String in
            let database = request.database
            try database.execute("INSERT INTO guests VALUES (\(name))")
            try database.transaction {
                try database.execute("INSERT INTO guests VALUES (\(name + "-kept"))")
            }
            try database.transaction {
                try database.execute("INSERT INTO guests VALUES (\(name + "-lost"))")
                throw Refused()
            }
            return "never"
        }
        try app.get("/") { request in try names(request.database).joined(separator: " ") }
        try register(app)
        app.logger.logLevel = .critical
        return app
    }

    private func withGuests(_ app: App, _ body: (TestClient, Connection) throws -> Void) throws {
        try app.withTestDatabase { client, database in
            try database.script(unsafe: "CREATE TABLE guests (name text PRIMARY KEY)")
            try body(client, database)
        }
    }

    @Test("requests and the test's own work are one, stay for its later requests, and are gone after it")
    func oneTransaction() throws {
        let app = try makeApp()
        try withGuests(app) { client, database in
            try database.execute("INSERT INTO guests VALUES ('ann')")
            #expect(client.post("/add/ben").status == .ok)
            #expect(app.testClient().get("/").text == "ann ben")
            #expect(try names(database) == ["ann", "ben"])
        }
        let other = Connection(settings: ConnectionSettings(url: Self.url))
        #expect(try !other.exists("SELECT FROM pg_class WHERE relname = 'guests'"))
        #expect(app.database?.connection.isOpen == false)
        try withGuests(app) { client, _ in #expect(client.get("/").text.isEmpty) }
    }

    @Test("a view that fails leaves what it had committed, and harms no later request")
    func failingViews() throws {
        try withGuests(makeApp()) { client, _ in
            #expect(client.post("/add-and-fail/ann").status == .internalServerError)
            #expect(client.post("/add/ann").status == .internalServerError)
            #expect(client.post("/add/ben").status == .ok)
            #expect(client.get("/").text == "ann ann-kept ben")
        }
    }

    @Test("commitOnSuccess commits successes only, and counts as many statements as outside")
    func commitOnSuccess() throws {
        let app = try makeApp { app in try app.commitOnSuccess() }
        try withGuests(app) { client, _ in
            #expect(client.post("/add-and-fail/ann").status == .internalServerError)
            let added = client.post("/add/ben")
            #expect(added.status == .ok && added.trace.sqlCount == 3)
            #expect(added.trace.statements == ["BEGIN", "INSERT INTO guests VALUES ($1)", "COMMIT"])
            #expect(client.get("/").text == "ben")
        }
    }

    @Test("a transaction that a view has left open is rolled back before the next request")
    func leftovers() throws {
        let app = try makeApp { app in
            try app.get("/open") { request in
                try request.database.beginOnDemand()
                try request.database.execute("INSERT INTO guests VALUES ('nobody')")
                return "left open"
            }
        }
        try withGuests(app) { client, database in
            try database.execute("INSERT INTO guests VALUES ('ann')")
            #expect(client.get("/open").text == "left open")
            #expect(!database.isInTransaction)
            #expect(client.get("/").text == "ann")
        }
    }

    @Test("work after the response belongs to it, and slow statements ask for no plans")
    func afterResponse() throws {
        let app = try makeApp([], ["slow_query.threshold": "0ms", "slow_query.explain": "true"]) { app in
            try app.afterResponse { exchange in
                _ = try? exchange.request.database.execute("INSERT INTO guests VALUES ('after')")
            }
        }
        try withGuests(app) { client, database in
            #expect(client.get("/").text.isEmpty)
            let found = try names(database)
            #expect(found == ["after"])
        }
    }

    @Test("tests that run together do not see each other, whatever unique keys they write", arguments: 0..<8)
    func together(_ number: Int) throws {
        try withGuests(makeApp()) { client, _ in
            #expect(client.post("/add/ann").status == .ok)
            #expect(client.get("/").text == "ann")
        }
    }

    @Test("an app without a database, or one in production, is refused with what to do")
    func refused() throws {
        let bare = #expect(throws: SetupError.self) { try App("bare").withTestDatabase { _, _ in } }
        #expect(bare?.reason.contains("Call useDatabase(settings)") == true)
        let serving = try makeApp([.appEnvironment])
        let failure = #expect(throws: SetupError.self) { try serving.withTestDatabase { _, _ in } }
        #expect(failure?.reason.contains("runs in production") == true)
        let testing = try makeApp([.appEnvironment], ["app.environment": "testing"])
        #expect(try testing.withTestDatabase { _, database in try database.value("SELECT 1") } == 1)
    }
}

private func names(_ database: Connection) throws -> [String] {
    try database.rows("SELECT name FROM guests ORDER BY name", as: String.self)
}
