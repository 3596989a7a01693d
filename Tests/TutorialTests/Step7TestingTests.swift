import Roost
import RoostCommands
import RoostDatabase
import RoostMail
import RoostPostgres
import RoostTemplates
import Testing

/// The tests that the article writes, for the whole application of the sixth step.
@Suite("Flask to Roost, 7: tests", .enabled(if: HelloDatabase.isAvailable))
struct Step7TestingTests {
    private let folder: HelloFolder

    init() throws { folder = try HelloPages.folder(["templates/mail/new_visitor.txt": Step5MailTests.text]) }

    private func withApp(_ body: (App) throws -> Void) throws {
        try HelloDatabase.with { url, _ in
            let settings = try Settings(
                known: Hello.knownSettings,
                [
                    "app.environment": "testing", "secret_key": "for the tests alone", "database.url": url,
                    "mail.sender": "hello@example.com", "hello.admin": "admin@example.com",
                    "templates.folder": "\(folder.path)/templates", "static.folder": "\(folder.path)/static",
                ])
            let app = try Hello.makeApp(settings)
            app.logger.logLevel = .critical
            defer { app.database?.connection.close() }
            try body(app)
        }
    }

    @Test("a new visitor is greeted, and the administrator is told once")
    func visitor() throws {
        try withApp { app in
            let client = app.testClient()
            for greeting in ["Pleased to meet you!", "Happy to see you again!"] {
                let page = try client.withForm("/", followRedirects: true) { form in form["name"] = "Susan" }
                #expect(page.text.contains("Hello, Susan!") && page.text.contains(greeting))
            }
            #expect(app.mail?.outbox.map(\.subject) == ["New visitor"])
            #expect(try client.session { $0.get("name", as: String.self) } == "Susan")
        }
    }

    @Test("a visitor whom the test has made is known, and gone after the test")
    func knownVisitor() throws {
        try withApp { app in
            try app.withTestDatabase { client, database in
                _ = try User.visiting("Susan", in: database)
                let page = try client.withForm("/", followRedirects: true) { form in form["name"] = "Susan" }
                #expect(page.text.contains("Happy to see you again!"))
            }
            let left = try User.query.count(in: try #require(app.database).connection)
            #expect(left == 0)
        }
    }

    @Test("the home page runs no statement")
    func statements() throws {
        try withApp { app in
            let client = app.testClient()
            try client.session { $0["name"] = "Susan" }
            let pages = app.signals.templateRendered.captured {
                let page = client.get("/")
                #expect(page.text.contains("Hello, Susan!"))
                #expect(page.trace.sqlCount == 0)
            }
            #expect(pages.map(\.template) == ["index.html"])
        }
    }
}
