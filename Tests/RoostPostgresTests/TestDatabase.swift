import FoundationEssentials
import RoostPostgres
import Testing

/// The server tests run on, from ROOST_TEST_DATABASE. Each test gets a schema of its own, dropped at the end.
enum TestDatabase {
    static let url = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]
    static var isAvailable: Bool { url != nil }

    static func with(
        _ configure: (inout ConnectionSettings) -> Void = { _ in }, _ body: (Connection) throws -> Void
    ) throws {
        let base = try #require(url)
        let schema = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer { _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE") }
        let separator = base.contains("?") ? "&" : "?"
        var settings = ConnectionSettings(url: base + separator + "options=-csearch_path%3D\(schema)")
        configure(&settings)
        let connection = Connection(settings: settings)
        defer { connection.close() }
        try body(connection)
    }

    /// The session still answers.
    static func expectAlive(_ db: Connection) throws {
        let one: Int = try db.value("SELECT 1 WHERE true")
        #expect(one == 1 && !db.isInTransaction)
    }
}

/// All tests that need a server; one after the other, since some of them disturb it.
@Suite("PostgreSQL", .serialized, .enabled(if: TestDatabase.isAvailable))
struct ServerTests {}
