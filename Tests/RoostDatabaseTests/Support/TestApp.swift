import FoundationEssentials
import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import RoostDatabase

/// An app on the test server, with a log of its own. Its tables live in a schema that is dropped at the end.
final class TestApp {
    static let url = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]
    static var isAvailable: Bool { url != nil }

    let app: App
    let client: TestClient
    private let path: String

    static func with(
        _ settings: SlowQuerySettings, routes: (App) throws -> Void, _ body: (TestApp) throws -> Void
    ) throws {
        let base = try #require(url)
        let schema = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer {
            _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE")
            admin.close()
        }
        let separator = base.contains("?") ? "&" : "?"
        let connection = ConnectionSettings(url: base + separator + "options=-csearch_path%3D\(schema)")
        let test = try TestApp(connection, settings, routes)
        defer { test.tearDown() }
        try body(test)
    }

    private init(
        _ connection: ConnectionSettings, _ settings: SlowQuerySettings, _ routes: (App) throws -> Void
    ) throws {
        path = "/tmp/roost-slow-\(UUID().uuidString).log"
        app = App("test")
        try app.useDatabase(connection, slow: settings)
        app.database?.slowQueryLog = try LogFile(path: path)
        try app.get("/sql", endpoint: "sql") { (request: Request) in
            _ = try request.database.rows("SELECT \(1)::int, \("hidden")::text")
            return Response.text("done")
        }
        try routes(app)
        client = app.testClient()
    }

    var database: Connection { app.database!.connection }

    /// The lines of the log so far; one that is not JSON is a failure.
    func lines(_ kind: String? = nil) throws -> [JSONValue] {
        let lines = try text().split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        return kind == nil ? lines : lines.filter { $0["kind"]?.string == kind }
    }

    func text() throws -> String { String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self) }

    private func tearDown() {
        app.database?.connection.close()
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// All tests that need a server.
@Suite("PostgreSQL: slow queries", .serialized, .enabled(if: TestApp.isAvailable))
struct ServerTests {}
