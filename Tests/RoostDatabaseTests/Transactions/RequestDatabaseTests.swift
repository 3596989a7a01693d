import FoundationEssentials
import Roost
import RoostDatabase
import RoostHTTP
import RoostPostgres
import Testing

@Suite(
    "The database of a request", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"] != nil, "ROOST_TEST_DATABASE is not set"))
struct RequestDatabaseTests {
    private struct Refused: Error {}

    private static let known =
        DatabaseSettings.all + SlowQuerySettings.known + [
            Setting("pool.request_timeout", .duration, "63500ms", ""),
            Setting("pool.workers", .count(1...100_000), nil, ""),
        ]

    private static var url: String { ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"] ?? "" }

    /// An app with a table of its own, named to its views by the closure's second parameter.
    private func withApp(
        _ values: [String: String] = [:], _ register: (App, SQL) throws -> Void,
        _ body: (TestClient, Connection, SQL) throws -> Void
    ) throws {
        let settings = try Settings(
            known: Self.known, ["database.url": Self.url].merging(values) { _, new in new })
        let app = App("test", settings: settings)
        try app.useDatabase(settings)
        let table = SQL.identifier("r_" + UUID().uuidString.lowercased())
        try register(app, table)
        let admin = Connection(settings: ConnectionSettings(url: Self.url))
        try admin.execute("CREATE TABLE \(table) (id int PRIMARY KEY)")
        defer { _ = try? admin.execute("DROP TABLE \(table)") }
        try body(app.testClient(), admin, table)
    }

    private func ids(_ db: Connection, _ table: SQL) throws -> [Int] {
        try db.rows("SELECT id FROM \(table) ORDER BY id", as: Int.self)
    }

    @Test("commitOnSuccess commits a success, and nothing of a view that throws or answers with an error")
    func commitOnSuccess() throws {
        try withApp { app, table in
            try app.commitOnSuccess()
            try app.errorHandler(for: Refused.self) { _, _ in "sorry" }
            try app.get("/add/<int:id>/<how>") { (request, id: Int, how: String) in
                try request.database.execute("INSERT INTO \(table) VALUES (\(id))")
                switch how {
                case "throw": throw Refused()
                case "abort": throw HTTPError(.notFound)
                case "teapot": return Response.text("no", status: 418)
                case "twice": try request.database.execute("INSERT INTO \(table) VALUES (\(id))")
                default: break
                }
                return Response.text("ok")
            }
            try app.get("/nothing") { _ in "no statement" }
        } _: { client, admin, table in
            #expect(client.get("/add/1/ok").status == .ok)
            #expect(client.get("/add/2/throw").text == "sorry")
            #expect(client.get("/add/3/abort").status == .notFound)
            #expect(client.get("/add/4/teapot").status.code == 418)
            #expect(client.get("/add/5/twice").status == .internalServerError)
            #expect(client.get("/nothing").status == .ok)
            #expect(client.get("/add/6/ok").status == .ok)
            let found = try ids(admin, table)
            #expect(found == [1, 6])
        }
    }

    @Test("what a view leaves open is rolled back before the next request")
    func leftovers() throws {
        try withApp { app, table in
            try app.get("/open") { request in
                try request.database.execute("BEGIN")
                try request.database.execute("INSERT INTO \(table) VALUES (1)")
                return "left open"
            }
            try app.get("/state") { request in "\(request.database.isInTransaction)" }
        } _: { client, admin, table in
            #expect(client.get("/open").text == "left open")
            #expect(client.get("/state").text == "false")
            let found = try ids(admin, table)
            #expect(found.isEmpty)
        }
    }

    @Test("statements get the request's time and half a second as their timeout, the session its worker's name, replica the primary")
    func session() throws {
        try withApp { app, _ in
            try app.get("/") { request in
                let db = request.database
                let (timeout, name) = try db.one(
                    "SELECT current_setting('statement_timeout'), current_setting('application_name')",
                    as: (String, String).self)
                return "\(timeout) \(name) \(request.replica === db)"
            }
        } _: { client, _, _ in
            #expect(client.get("/").text == "64s test true")
        }
    }

    @Test("the first worker is named in its session, and warns when the workers need more connections than there are")
    func limit() throws {
        let settings = try Settings(known: Self.known, ["database.url": Self.url, "pool.workers": "99999"])
        let app = App("test", settings: settings)
        let handler = RecordingLog()
        app.logger = Logger(label: "test") { _ in handler }
        try app.useDatabase(settings)
        try app.get("/") { request in
            try request.database.value("SELECT current_setting('application_name')", as: String.self)
        }
        try app.startWorker(slot: 0, pid: 1)
        #expect(app.testClient().get("/").text == "test worker 0")
        let expected = "99999 workers and 1 being replaced need 100000 connections"
        #expect(handler.lines.values.contains { $0.contains(expected) })
    }

    @Test("a replica's URL gives reads a connection of their own")
    func replica() throws {
        try withApp(["database.replica_url": Self.url]) { app, _ in
            try app.get("/") { request in
                let own: Int = try request.database.value("SELECT pg_backend_pid()")
                let other: Int = try request.replica.value("SELECT pg_backend_pid()")
                return "\(own != other) \(request.trace.sqlCount)"
            }
        } _: { client, _, _ in
            #expect(client.get("/").text == "true 2")
        }
    }
}

/// Keeps what is logged, for one thread.
private struct RecordingLog: LogHandler {
    final class Lines: @unchecked Sendable {
        var values: [String] = []
    }

    let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.values.append("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}
