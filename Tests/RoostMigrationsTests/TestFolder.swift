import Foundation
import RoostMigrations
import RoostPostgres
import Testing

/// A folder of migration files for one test.
final class TestFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = NSTemporaryDirectory() + "/roost-migrations-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit {
        _ = try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func read() throws -> MigrationFolder {
        try MigrationFolder(path: path)
    }

    /// A migrator and a connection on a schema of their own, dropped at the end.
    func withDatabase(_ body: (ConnectionSettings, Connection) throws -> Void) throws {
        let base = try #require(TestFolder.databaseURL)
        let schema = "m_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer { _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE") }
        let settings = ConnectionSettings(
            url: base + (base.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)")
        let db = Connection(settings: settings)
        defer { db.close() }
        try body(settings, db)
    }

    static var databaseURL: String? { ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"] }
}
