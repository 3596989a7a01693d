import Glibc
import Logging
import Roost
import RoostMail
import RoostTemplates
import Testing

@Suite("Mail of an app")
struct MailerTests {
    private func app(_ templates: [String: String] = [:], _ texts: [String: String] = [:]) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.useTemplates(TemplateEnvironment(loader: DictionaryLoader(templates)))
        let usual = ["mail.suppress": "true", "mail.sender": "Flasky Admin <flasky@example.com>"]
        try app.useMail(Settings(known: MailSettings.all, usual.merging(texts) { $1 }))
        return app
    }

    @Test("an app under test sends nothing unless it is told to", arguments: [
        ("testing", "", true), ("testing", "false", false), ("production", "", false), ("development", "true", true),
    ])
    func environments(name: String, suppress: String, isSuppressed: Bool) throws {
        let app = App("test")
        let texts = ["app.environment": name, "mail.suppress": suppress].filter { !$0.value.isEmpty }
        try app.useMail(Settings(known: MailSettings.all + [.appEnvironment], texts))
        #expect((app.mail?.transport == nil) == isSuppressed)
    }

    @Test("mail of templates is in the outbox after the response")
    func templates() throws {
        let app = try app(
            [
                "confirm.txt": "Dear {{ name }},", "confirm.html": "<p>Dear {{ name }},</p>", "plain.txt": "{{ name }}",
            ], ["mail.subject_prefix": "[Flasky]"])
        try app.post("/") { request in
            try request.mail.send("Confirm", to: ["a@x.org"], template: "confirm", ["name": "<Susan>"])
            try request.mail.send("Plain", to: ["b@x.org"], template: "plain", ["name": "<Susan>"])
            return "outbox: \(app.mail?.outbox.count ?? -1)"
        }
        #expect(app.testClient().post("/").text == "outbox: 0")
        let outbox = try #require(app.mail?.outbox)
        #expect(outbox.map(\.subject) == ["[Flasky] Confirm", "[Flasky] Plain"])
        #expect(outbox[0].text == "Dear <Susan>," && outbox[0].html == "<p>Dear &lt;Susan&gt;,</p>")
        #expect(outbox[1].html == nil && outbox[1].sender?.address == "flasky@example.com")
        #expect(outbox[0].messageID != outbox[1].messageID && outbox[0].date != nil)
    }

    @Test("what delivery takes after the response is a span of the request")
    func span() throws {
        let app = try app()
        try app.post("/") { request in
            for name in ["a", "b"] {
                let address = MailAddress(parsing: "\(name)@x.org")
                try request.mail.send(MailMessage(subject: name, to: [address], text: name))
            }
            return ""
        }
        var spans: [RequestTrace.Span] = []
        try app.afterResponse { exchange in spans = exchange.request.trace.spans }
        _ = app.testClient().post("/")
        #expect(spans.map(\.kind) == [.mail])
        #expect(spans.first?.name == "2 messages, after the response")
    }

    @Test("a mistake in the template for HTML is an error, not a mail without HTML")
    func brokenTemplate() throws {
        let app = try app(["a.txt": "x", "a.html": "{% if %}"])
        try app.post("/") { request in
            do { try request.mail.send("x", to: ["a@x.org"], template: "a") } catch is TemplateError {
                return "refused"
            }
            return "sent"
        }
        #expect(app.testClient().post("/").text == "refused")
    }

    @Test("a request that fails sends nothing; one that was only refused does")
    func failedRequest() throws {
        let app = try app()
        let message = MailMessage(subject: "x", to: ["a@x.org"], text: "x")
        try app.post("/broken") { request in
            try request.mail.send(message)
            throw MailError(.temporary, "the view broke")
        }
        try app.post("/refused") { request in
            try request.mail.send(message)
            try abort(403)
        }
        #expect(app.testClient().post("/broken").status == 500)
        #expect(app.mail?.outbox.isEmpty == true)
        #expect(app.testClient().post("/refused").status == 403)
        #expect(app.mail?.outbox.count == 1)
    }

    @Test("a message that cannot be sent is an error in the view")
    func invalid() throws {
        let app = try app()
        try app.post("/") { request in
            do {
                try request.mail.send(MailMessage(subject: "a\nb", to: ["a@x.org"]))
            } catch let error as MailError { return error.description }
            return "sent"
        }
        #expect(app.testClient().post("/").text == "the subject holds a line break or another control character")
    }

    @Test("an app without mail says what to call")
    func noMail() throws {
        let app = App("test")
        try app.get("/") { request in
            do {
                try request.mail.send(MailMessage(subject: "x", to: ["a@x.org"]))
            } catch let error as MailError { return error.description }
            return "sent"
        }
        #expect(app.testClient().get("/").text == "the app has no mail: call app.useMail(settings) in makeApp()")
    }

    @Test("each receiver is told once, and what fails is kept with its reason")
    func delivery() throws {
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        let transport = FakeTransport()
        let mailer = Mailer(transport: transport, spool: MailSpool(folder: folder), logger: .quiet)
        var message = MailMessage(subject: "x", to: ["a@x.org", "a@x.org"], text: "one\n", sender: "s@x.org")
        message.bcc = ["b@x.org"]
        // One of the mailer's own making may end in a letter that makes it look like the hidden receiver's address.
        message.messageID = "1@x.org"
        try mailer.send(message)
        #expect(transport.taken[0].envelope == MailEnvelope(sender: "s@x.org", recipients: ["a@x.org", "b@x.org"]))
        #expect(!transport.taken[0].text.contains("b@x.org") && transport.closed == 1)
        transport.problem = MailError(.temporary, "try\nlater")
        try mailer.send(message)
        let name = try #require(try mailer.spool.names().first)
        let kept = try #require(try mailer.spool.mail(named: name))
        #expect(kept.problem == "try later" && kept.attempts == 1 && kept.envelope.recipients.count == 2)
        #expect(String(decoding: kept.message, as: UTF8.self).hasSuffix("\r\n\r\none\r\n"))
        transport.problem = MailError(.refused, "never")
        #expect(try mailer.retry().left == 1)
        #expect(try mailer.spool.names().allSatisfy { $0.hasSuffix(".refused") })
        transport.problem = nil
        #expect(try mailer.retry().sent == 0)
        #expect(try mailer.retry(refused: true).sent == 1)
    }

    @Test("a full spool keeps no more, and a folder that cannot be made is an error")
    func limits() throws {
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        let spool = MailSpool(folder: folder, limit: 2)
        let envelope = MailEnvelope(sender: "s@x.org", recipients: ["a@x.org"])
        try spool.keep([1], envelope, problem: "p")
        try spool.keep([2], envelope, problem: "p")
        #expect(throws: MailError.self) { try spool.keep([3], envelope, problem: "p") }
        #expect(try spool.names().count == 2)
        #expect(throws: MailError.self) { try MailSpool(folder: "/proc/none").keep([1], envelope, problem: "p") }
    }

    @Test("a file that is no mail, or cut off, is left where it is")
    func foreignFiles() throws {
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        for (name, text) in [("1.mail", ""), ("2.mail", "from: a"), ("3.mail", "junk\n\n"), ("x.txt", "x")] {
            let file = try #require(fopen("\(folder)/\(name)", "w"))
            fputs(text, file)
            fclose(file)
        }
        let mailer = Mailer(transport: FakeTransport(), spool: MailSpool(folder: folder), logger: .quiet)
        #expect(try mailer.retry().sent == 0)
        #expect(TestFolder.names(folder).count == 4)
    }

    @Test("settings name the port by the kind of protection, and exclude each other")
    func settings() throws {
        func settings(_ texts: [String: String]) throws -> SMTPSettings {
            try SMTPSettings(Settings(known: MailSettings.all, texts))
        }
        #expect(try settings([:]).port == 25)
        #expect(try settings(["mail.use_tls": "true"]).port == 587)
        #expect(try settings(["mail.use_ssl": "true"]).port == 465)
        #expect(try settings(["mail.port": "2525", "mail.timeout": "10s"]).connectTimeout == .seconds(2))
        #expect(throws: SettingError.self) { try settings(["mail.use_tls": "true", "mail.use_ssl": "true"]) }
        #expect(throws: SettingError.self) {
            try App("x").useMail(Settings(known: MailSettings.all, ["mail.sender": "nobody"]))
        }
    }
}

extension Logger {
    /// Writes nothing below critical.
    fileprivate static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
