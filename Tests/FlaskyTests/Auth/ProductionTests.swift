import Roost
import RoostCommands
import RoostMail
import RoostPostgres
import Testing

@testable import Flasky

@Suite("A blog in production", .enabled(if: Blog.server != nil))
struct ProductionTests {
    private let production = [
        "app.environment": "production", "mail.suppress": "true", "http.trusted_hosts": "localhost",
    ]

    private func refusal(_ settings: [String: String]) throws -> SettingError? {
        #expect(throws: SettingError.self) { try Blog.with(production.merging(settings) { $1 }) { _ in } }
    }

    @Test("it does not start without a secret key, nor where mails could have no links, and says what to set")
    func refusals() throws {
        let key = try refusal(["secret_key": ""])
        #expect(key?.description.contains("SECRET_KEY") == true)
        let hosts = try refusal(["http.trusted_hosts": ""])
        #expect(hosts?.description.contains("HTTP_SERVER_NAME") == true)
        #expect(hosts?.description.contains("HTTP_TRUSTED_HOSTS") == true)
        try Blog.with(production) { blog in #expect(blog.client.get("/auth/login").status == 200) }
        let named = production.merging(["http.trusted_hosts": "", "http.server_name": "example.com"]) { $1 }
        try Blog.with(named) { blog in #expect(blog.client.get("/auth/login").status == 200) }
    }

    @Test("outside production nobody needs a key, and in tests no form needs its token")
    func withoutKey() throws {
        for environment in ["development", "testing"] {
            let own = [
                "app.environment": environment, "templates.folder": Blog.root + "/Sources/Flasky/Templates",
                "static.folder": Blog.root + "/Sources/Flasky/Static",
            ]
            let settings = try Settings(
                known: StandardSettings.all + Flasky.settings, Flasky.standards.merging(own) { $1 })
            let page = try Flasky.makeApp(settings).testClient().get("/auth/login")
            #expect(page.status == 200, "\(environment)")
            #expect(page.text.contains("csrf_token") == (environment == "development"))
        }
    }

    @Test("the administrator gets one mail for errors that are the same, after an answer that is as ever")
    func errors() throws {
        try Blog.with(production) { blog in
            try blog.database.execute("ALTER TABLE users RENAME TO people")
            let client = blog.client
            for _ in 1...3 { #expect(blog.logIn(client, "john@example.com", "cat").status == 500) }
            let mail = try #require(blog.outbox.first)
            #expect(blog.outbox.count == 1 && mail.recipients.map(\.address) == ["admin@example.com"])
            #expect(mail.subject == "[Flasky] Application Error")
            let text = try #require(mail.text)
            for word in ["42P01", "QueryError", "POST /auth/login", "auth.login"] {
                #expect(text.contains(word), "\(word): \(text)")
            }
            #expect(client.post("/auth/reset/secret-token", form: ["password": "a", "password2": "a"]).status == 302)
            #expect(client.get("/nowhere").status == 404 && blog.outbox.count == 1)
            #expect(client.get("/user/john").status == 500)
            #expect(blog.outbox.count == 2)
        }
    }

    @Test("an error mail that cannot be made leaves the answer alone")
    func brokenMail() throws {
        try Blog.with(production) { blog in
            blog.app.mail?.sender = nil
            try blog.database.execute("ALTER TABLE users RENAME TO people")
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 500)
            #expect(blog.outbox.isEmpty)
        }
    }

    @Test(
        "elsewhere, or without an administrator, nobody gets mail about errors",
        arguments: [
            ["app.environment": "development"], ["flasky.admin": ""],
        ])
    func noMail(settings: [String: String]) throws {
        try Blog.with(production.merging(settings) { $1 }) { blog in
            try blog.database.execute("ALTER TABLE users RENAME TO people")
            #expect(blog.logIn(blog.client, "john@example.com", "cat").status == 500)
            #expect(blog.outbox.isEmpty)
        }
    }
}
