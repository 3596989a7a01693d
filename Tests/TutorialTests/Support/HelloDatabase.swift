import FoundationEssentials
import RoostMigrations
import RoostPostgres

/// A schema of its own on the test server, brought up by the tutorial's migrations and dropped at the end.
enum HelloDatabase {
    static let url = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]
    static var isAvailable: Bool { url != nil }

    static let migration = """
        -- migrate:up
        CREATE TABLE roles (
            id serial PRIMARY KEY,
            name varchar(64) UNIQUE NOT NULL
        );
        CREATE TABLE users (
            id serial PRIMARY KEY,
            username varchar(64) UNIQUE NOT NULL,
            role_id integer REFERENCES roles (id)
        );
        INSERT INTO roles (name) VALUES ('Admin'), ('Moderator'), ('User');

        -- migrate:down
        DROP TABLE users;
        DROP TABLE roles;
        """

    /// Runs something on a fresh schema.
    /// - Parameter body: takes the address of the schema and a connection to it.
    static func with(_ body: (String, Connection) throws -> Void) throws {
        let schema = "tutorial_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: url ?? ""))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer {
            _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE")
            admin.close()
        }
        let own = (url ?? "") + ((url ?? "").contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
        let folder = try HelloFolder(["migrations/0001_create_roles_and_users.sql": migration])
        let settings = ConnectionSettings(url: own)
        try Migrator(settings: settings, folder: MigrationFolder(path: "\(folder.path)/migrations")).upgrade()
        let connection = Connection(settings: settings)
        defer { connection.close() }
        try body(own, connection)
    }
}
