import FoundationEssentials
import Roost
import RoostCommands
import RoostDatabase
import RoostMail
import RoostMigrations
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

/// A blog on a database schema of its own, dropped at the end; mails stay in its outbox.
struct Blog {
    /// PostgreSQL for tests; without it the tests that need it are skipped.
    static let server = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]

    let app: App
    let database: Connection

    /// - Parameter settings: over those of the tests, such as `["csrf.enabled": "true"]`.
    static func with(_ settings: [String: String] = [:], _ body: (Blog) throws -> Void) throws {
        try withSchema { url in
            let blog = try Blog(url, settings)
            defer { blog.database.close() }
            try body(blog)
        }
    }

    private static func withSchema(_ body: (String) throws -> Void) throws {
        let base = try #require(server)
        let schema = "f_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer { _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE") }
        let url = base + (base.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema),public"
        try Migrator(settings: ConnectionSettings(url: url), folder: MigrationFolder(path: root + "/migrations"))
            .upgrade()
        try body(url)
    }

    /// The project's folder.
    static var root: String {
        #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
    }

    private init(_ url: String, _ settings: [String: String]) throws {
        let usual = [
            "app.environment": "testing", "database.url": url, "csrf.enabled": "false",
            "secret_key": "a key for tests only, long enough for anybody", "flasky.password_rounds": "1",
            "flasky.admin": "admin@example.com", "templates.folder": Self.root + "/Sources/Flasky/Templates",
            "static.folder": Self.root + "/Sources/Flasky/Static",
        ]
        app = try Flasky.makeApp(
            Settings(
                known: StandardSettings.all + Flasky.settings,
                Flasky.standards.merging(usual) { $1 }.merging(settings) { $1 }))
        app.logger.logLevel = .critical
        database = try #require(app.database).connection
        try Flasky.insertRoles(in: database)
    }

    /// A browser of its own.
    var client: TestClient { app.testClient() }

    /// A browser in which somebody is logged in.
    func client(of user: User) throws -> TestClient {
        let client = app.testClient()
        try client.logIn(user)
        return client
    }

    /// The mails sent so far.
    var outbox: [MailMessage] { app.mail?.outbox ?? [] }

    /// Adds somebody; the password is "cat", the address `NAME@example.com`.
    @discardableResult
    func add(_ username: String, role: String = "User", isConfirmed: Bool = true) throws -> User {
        let id = try #require(
            try database.rows(
                """
                INSERT INTO users (username, email, password_hash, confirmed, member_since, last_seen, avatar_hash, role_id)
                VALUES (\(username), \(username.lowercased() + "@example.com"), \(Self.catHash), \(isConfirmed),
                  now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', md5(\(username.lowercased() + "@example.com")),
                  (SELECT id FROM roles WHERE name = \(role)))
                RETURNING id
                """, as: Int.self
            ).first)
        try database.execute(
            "INSERT INTO follows (follower_id, followed_id, timestamp) VALUES (\(id), \(id), now() AT TIME ZONE 'UTC')")
        return try #require(try User.find(id, in: database))
    }

    /// "cat", hashed once with a single round.
    private static let catHash = (try? PasswordHash.make("cat", method: .pbkdf2(.sha256, iterations: 1))) ?? ""

    /// Adds a post.
    @discardableResult
    func add(post body: String, by author: User) throws -> Int {
        try #require(
            try database.rows(
                """
                INSERT INTO posts (body, body_html, timestamp, author_id)
                VALUES (\(body), \(Markdown.post(body)), now() AT TIME ZONE 'UTC', \(author.id)) RETURNING id
                """, as: Int.self
            ).first)
    }

    /// Adds a comment.
    @discardableResult
    func add(comment body: String, by author: User, to post: Int) throws -> Int {
        try #require(
            try database.rows(
                """
                INSERT INTO comments (body, body_html, timestamp, disabled, author_id, post_id)
                VALUES (\(body), \(Markdown.comment(body)), now() AT TIME ZONE 'UTC', false, \(author.id), \(post))
                RETURNING id
                """, as: Int.self
            ).first)
    }

    /// The statements that a piece of work takes.
    func statements(during work: () throws -> Void) throws -> [String] {
        var statements: [String] = []
        let recorder = try #require(app.database)
        recorder.statementObserver = { if !$0.isEmpty { statements.append($0) } }
        defer { recorder.statementObserver = nil }
        try work()
        return statements
    }
}
