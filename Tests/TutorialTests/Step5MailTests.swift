import Roost
import RoostCommands
import RoostMail
import RoostTemplates
import Testing

enum HelloSettings {
    static let all = [
        Setting("hello.admin", .text, nil, "who is told of new visitors")
    ]
}

/// Tells the administrator, once the answer is on its way; without one nobody is told.
func tellAdmin(of name: String, _ request: Request) throws {
    guard let admin = try request.app.settings.optionalText("hello.admin") else { return }
    try request.mail.send(
        "New visitor", to: [MailAddress(parsing: admin)], template: "mail/new_visitor", ["name": name])
}

@Suite("Flask to Roost, 5: a mail")
struct Step5MailTests {
    static let text = "{{ name }} has come for the first time.\n"

    private let folder: HelloFolder

    init() throws { folder = try HelloPages.folder(["templates/mail/new_visitor.txt": Self.text]) }

    private func app(_ texts: [String: String]) throws -> App {
        let settings = try Settings(known: StandardSettings.all + HelloSettings.all, texts)
        let app = App("hello", settings: settings)
        app.logger.logLevel = .critical
        app.useTemplates(in: "\(folder.path)/templates")
        try app.staticFolder("\(folder.path)/static")
        try app.useMail(settings)
        return app
    }

    @Test("the administrator is told of a new visitor after the response, and not when it failed")
    func visitor() throws {
        struct Broken: Error {}
        let app = try app([
            "hello.admin": "Admin <admin@example.com>", "mail.sender": "Hello <hello@example.com>",
            "mail.subject_prefix": "[Hello]", "mail.suppress": "true",
        ])
        try app.post("/visit/<name>") { (request, name: String) in
            try tellAdmin(of: name, request)
            #expect(app.mail?.outbox.isEmpty == true)
            if name == "nobody" { throw Broken() }
        }
        let client = app.testClient()
        #expect(client.post("/visit/nobody").status == 500)
        #expect(app.mail?.outbox.isEmpty == true)
        #expect(client.post("/visit/Susan").status == 204)
        let mail = try #require(app.mail?.outbox.first)
        #expect(mail.subject == "[Hello] New visitor" && mail.recipients.map(\.address) == ["admin@example.com"])
        #expect(mail.text == "Susan has come for the first time.")
    }

    @Test("without an administrator nobody is told")
    func nobody() throws {
        let app = try app(["mail.suppress": "true"])
        try app.post("/visit/<name>") { (request, name: String) in try tellAdmin(of: name, request) }
        #expect(app.testClient().post("/visit/Susan").status == 204)
        #expect(app.mail?.outbox.isEmpty == true)
    }
}
