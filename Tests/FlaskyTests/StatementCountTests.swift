import FoundationEssentials
import Roost
import RoostCommands
import RoostDatabase
import RoostMigrations
import RoostPostgres
import Testing

@testable import Flasky

/// A blog on a database schema of its own, dropped at the end.
private struct Blog {
    static let database = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]

    let app: App
    let connection: Connection

    static func with(_ body: (Blog) throws -> Void) throws {
        let base = try #require(database)
        let schema = "f_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer { _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE") }
        let url = base + (base.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
        try Migrator(settings: ConnectionSettings(url: url), folder: MigrationFolder(path: root + "/migrations"))
            .upgrade()
        let blog = try Blog(url)
        defer { blog.connection.close() }
        try body(blog)
    }

    /// The project's folder.
    private static var root: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    }

    private init(_ url: String) throws {
        let settings = try Settings(
            known: StandardSettings.all + Flasky.settings,
            [
                "database.url": url, "secret_key": "a key for tests only, long enough for anybody",
                "templates.folder": Self.root + "/Sources/Flasky/Templates",
                "static.folder": Self.root + "/Sources/Flasky/Static",
            ])
        app = try Flasky.makeApp(settings)
        app.logger.logLevel = .critical
        connection = try #require(app.database).connection
        try Flasky.insertRoles(in: connection)
    }

    /// Adds posts by as many authors, each with two comments.
    func add(posts: Int) throws {
        try connection.execute(
            """
            WITH people AS (
              INSERT INTO users (username, email, member_since, last_seen)
              SELECT 'user' || i || '-' || \(posts), i || '-' || \(posts) || '@example.com', now(), now()
              FROM generate_series(1, \(posts)::int) AS i RETURNING id),
            written AS (
              INSERT INTO posts (body, timestamp, author_id) SELECT 'text', now(), id FROM people RETURNING id, author_id)
            INSERT INTO comments (body, timestamp, author_id, post_id)
            SELECT 'comment', now(), author_id, written.id FROM written, generate_series(1, 2)
            """)
    }

    /// The statements that a page takes.
    func statements(_ path: String) throws -> [String] {
        var statements: [String] = []
        let database = try #require(app.database)
        database.statementObserver = { if !$0.isEmpty { statements.append($0) } }
        defer { database.statementObserver = nil }
        let response = app.testClient().get(path)
        #expect(response.status == 200, "\(path): \(response.text)")
        return statements
    }
}

@Suite("The number of statements", .enabled(if: Blog.database != nil))
struct StatementCountTests {
    @Test("a page takes as many statements for twenty posts as for one")
    func constant() throws {
        try Blog.with { blog in
            try blog.add(posts: 1)
            let paths = ["/", "/post/1", "/user/user1-1", "/api/v1/posts/", "/api/v1/posts/1"]
            let few = try paths.map { try blog.statements($0) }
            try blog.add(posts: 40)
            for (path, before) in zip(paths, few) {
                let after = try blog.statements(path)
                // A full first page asks how many there are in all.
                #expect(after.count <= before.count + 1 && after.count <= 3, "\(path): \(after)")
            }
            let home = blog.app.testClient().get("/").text
            #expect(home.split(separator: "class=\"post\"").count - 1 == 20)
            #expect(home.split(separator: "2 Comments").count - 1 == 20)
        }
    }

    @Test("roles are made once and brought up to date")
    func roles() throws {
        try Blog.with { blog in
            try blog.connection.execute("UPDATE roles SET permissions = 0")
            try Flasky.insertRoles(in: blog.connection)
            let roles = try Role.query.order(\.id.ascending).all(in: blog.connection)
            #expect(roles.map(\.name) == ["User", "Moderator", "Administrator"])
            #expect(
                roles.map(\.permissions.rawValue) == [7, 15, 31] && roles.map(\.isDefault) == [true, false, false])
        }
    }
}
