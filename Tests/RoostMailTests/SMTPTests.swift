import Logging
import RoostHTTP
import Testing

@testable import RoostMail

@Suite("Mail to a real SMTP server", .enabled(if: SMTPServer.isAvailable, Comment(rawValue: SMTPServer.reason)))
struct SMTPTests {
    private func mailer(_ settings: SMTPSettings, spool: String) -> Mailer {
        var logger = Logger(label: "mail")
        logger.logLevel = .critical
        let mailer = Mailer(transport: SMTPTransport(settings), spool: MailSpool(folder: spool), logger: logger)
        mailer.sender = "Flasky Admin <flasky@example.com>"
        return mailer
    }

    private func send(
        _ message: MailMessage, through server: SMTPServer, _ change: (inout SMTPSettings) -> Void = { _ in }
    ) throws -> [SpooledMail] {
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        var settings = SMTPSettings(server: "127.0.0.1", port: server.port)
        change(&settings)
        let mailer = mailer(settings, spool: folder)
        try mailer.send(message)
        return try mailer.spool.names().compactMap { try mailer.spool.mail(named: $0) }
    }

    @Test("text and HTML arrive as written, whatever is in them")
    func content() throws {
        let server = try SMTPServer()
        defer { server.stop() }
        let long = String(repeating: "https://example.org/", count: 60)
        var message = MailMessage(
            subject: "Grüße aus Zürich: " + String(repeating: "sehr lang 👍 ", count: 12) + "Ende",
            to: ["Jürgen \"J\" Müller <j@example.com>", "\"Smith, John\" <smith@example.com>"],
            text: "Hällo\n.dot\n..two\nFrom here\ntrailing \n\(long)\n\u{0}nul=\r\nend", html: "<p>Hällo\n</p>")
        message.cc = ["c@example.com"]
        message.bcc = ["hidden@example.com", "c@example.com"]
        message.replyTo = "answers@example.com"
        message.headers = [("List-Unsubscribe", "<https://example.org/u>"), ("X-Note", "ä")]
        #expect(try send(message, through: server).isEmpty)
        let got = try server.message()
        #expect(got["from"] == "flasky@example.com")
        #expect(got["to"] == ["j@example.com", "smith@example.com", "c@example.com", "hidden@example.com"])
        let headers = Dictionary(
            (got["headers"]?.array ?? []).map { ($0[0]?.string ?? "", $0[1]?.string ?? "") }
        ) { $0 + "|" + $1 }
        #expect(headers["Subject"] == message.subject)
        #expect(headers["From"] == "Flasky Admin <flasky@example.com>")
        #expect(headers["To"] == #""Jürgen \"J\" Müller" <j@example.com>, "Smith, John" <smith@example.com>"#)
        #expect(headers["Cc"] == "c@example.com" && headers["Bcc"] == nil)
        #expect(headers["Reply-To"] == "answers@example.com" && headers["X-Note"] == "ä")
        #expect(headers["MIME-Version"] == "1.0" && headers["Message-ID"]?.hasSuffix("@example.com>") == true)
        #expect(headers["Date"]?.hasSuffix("+0000") == true)
        #expect(got["defects"] == [] && got["bare"] == 0)
        #expect((got["longest"]?.int ?? 999) <= 76)
        let parts = got["body"]?["parts"]
        #expect(got["body"]?["type"] == "multipart/alternative")
        let text = "Hällo\n.dot\n..two\nFrom here\ntrailing \n\(long)\n\u{0}nul=\nend"
        #expect(parts?[0]?["text"]?.string?.replacing("\r\n", with: "\n") == text)
        #expect(parts?[0]?["encoding"] == "quoted-printable" && parts?[1]?["type"] == "text/html")
    }

    @Test("plain text is not encoded, and files come through byte by byte")
    func files() throws {
        let server = try SMTPServer()
        defer { server.stop() }
        var message = MailMessage(
            subject: "=?no word?=", to: ["j@example.com"], text: "plain\n.\n", html: "<img src='cid:logo'>")
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        message.attachments = [
            MailAttachment(filename: "résumé, 2026.pdf", contentType: "application/pdf", bytes: bytes),
            MailAttachment(filename: "logo.png", contentType: "image/png", bytes: [1, 2], contentID: "logo"),
            MailAttachment(filename: "empty.bin", contentType: "application/octet-stream", bytes: []),
        ]
        #expect(try send(message, through: server).isEmpty)
        let got = try server.message()
        let body = got["body"]
        #expect(body?["type"] == "multipart/mixed" && got["defects"] == [])
        let alternative = body?["parts"]?[0]
        #expect(alternative?["parts"]?[0]?["encoding"] == "7bit")
        #expect(alternative?["parts"]?[0]?["text"]?.string?.replacing("\r\n", with: "\n") == "plain\n.")
        let related = alternative?["parts"]?[1]
        #expect(related?["type"] == "multipart/related" && related?["parts"]?[1]?["id"] == "<logo>")
        #expect(related?["parts"]?[1]?["disposition"] == "inline" && related?["parts"]?[1]?["text"] == "0102")
        let file = body?["parts"]?[1]
        #expect(file?["filename"] == "résumé, 2026.pdf" && file?["disposition"] == "attachment")
        #expect(file?["text"]?.string == bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        #expect(body?["parts"]?[2]?["text"] == "")
        let subject = got["headers"]?.array?.first { $0[0] == "Subject" }
        #expect(subject?[1] == "=?no word?=")
    }

    @Test("a right name and password are accepted, a wrong one is refused for good", arguments: [true, false])
    func login(isRight: Bool) throws {
        let server = try SMTPServer(["--user", "flasky", "--password", "söcret"])
        defer { server.stop() }
        let waiting = try send(MailMessage(subject: "x", to: ["j@example.com"], text: "x"), through: server) {
            $0.username = "flasky"
            $0.password = isRight ? "söcret" : "wrong"
        }
        guard !isRight else {
            #expect(waiting.isEmpty)
            return #expect(try server.message()["user"] == "flasky")
        }
        #expect(waiting.count == 1 && waiting[0].name.hasSuffix(".refused"))
        #expect(waiting[0].problem.contains("535") && !waiting[0].problem.contains("wrong"))
    }

    @Test("TLS protects the message", .enabled(if: SMTPServer.hasOpenSSL), arguments: ["--starttls", "--tls"])
    func encrypted(security: String) throws {
        let server = try SMTPServer(security: security)
        defer { server.stop() }
        let message = MailMessage(subject: "x", to: ["j@example.com"], text: "x")
        let kind: SMTPSettings.Security = security == "--tls" ? .tls : .startTLS
        let sent = try send(message, through: server) {
            $0.security = kind
            $0.certificates = server.certificate
        }
        #expect(sent.isEmpty)
        #expect(try server.message()["tls"] == true)
        // A certificate that nobody trusts.
        let refused = try send(message, through: server) { $0.security = kind }
        #expect(refused.count == 1 && refused[0].problem.lowercased().contains("certificate"))
    }

    @Test("a server without STARTTLS gets nothing when STARTTLS is asked for")
    func noDowngrade() throws {
        let server = try SMTPServer()
        defer { server.stop() }
        let message = MailMessage(subject: "x", to: ["j@example.com"], text: "x")
        let waiting = try send(message, through: server) { $0.security = .startTLS }
        #expect(waiting.count == 1)
    }

    @Test("a refused receiver is refused for good, a busy one is kept for another attempt")
    func refusedReceiver() throws {
        let server = try SMTPServer(["--refuse", "nobody@example.com"])
        defer { server.stop() }
        let refused = try send(MailMessage(subject: "x", to: ["nobody@example.com"], text: "x"), through: server)
        #expect(refused.count == 1 && refused[0].name.hasSuffix(".refused") && refused[0].problem.contains("550"))
        let busy = try send(MailMessage(subject: "x", to: ["busy@example.com"], text: "x"), through: server)
        #expect(busy.count == 1 && busy[0].name.hasSuffix(".mail") && busy[0].problem.contains("451"))
    }

    @Test("mail for a server that is down waits, and is sent when it is up again")
    func retry() throws {
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        let first = try SMTPServer()
        let port = first.port
        first.stop()
        let down = mailer(SMTPSettings(server: "127.0.0.1", port: port), spool: folder)
        try down.send(MailMessage(subject: "one", to: ["j@example.com"], text: "1"))
        try down.send(MailMessage(subject: "two", to: ["j@example.com"], text: "2"))
        #expect(try down.spool.names().count == 2)
        #expect(try down.retry().left == 2)
        let names = try down.spool.names()
        #expect(try down.spool.mail(named: names[0])?.attempts == 2)
        let server = try SMTPServer()
        defer { server.stop() }
        let up = mailer(SMTPSettings(server: "127.0.0.1", port: server.port), spool: folder)
        let result = try up.retry()
        #expect(result.sent == 2 && result.left == 0)
        #expect(try server.message()["body"]?["text"]?.string?.hasPrefix("1") == true)
        #expect(try server.message()["body"]?["text"]?.string?.hasPrefix("2") == true)
        #expect(TestFolder.names(folder).isEmpty)
    }

    @Test("a worker stops at a server that is down, and sends by itself what is due when it is up again")
    func retryByItself() throws {
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        let first = try SMTPServer()
        first.stop()
        var time: Int64 = 0
        let clock = MailClock(monotonic: { time * 1_000_000_000 }, now: { time * 1_000_000 })
        let down = mailer(SMTPSettings(server: "127.0.0.1", port: first.port), spool: folder)
        down.clock = clock
        for name in ["one", "two"] { try down.send(MailMessage(subject: name, to: ["j@example.com"], text: name)) }
        time = 60
        let stopped = try #require(down.retryWhenDue())
        #expect(stopped.problems.count == 1 && stopped.untried == 1 && stopped.left == 2)
        let server = try SMTPServer()
        defer { server.stop() }
        let up = mailer(SMTPSettings(server: "127.0.0.1", port: server.port), spool: folder)
        up.clock = clock
        time = 300
        #expect(up.retryWhenDue()?.sent == 2)
        let bodies = try [server.message(), server.message()].compactMap { $0["body"]?["text"]?.string }
        #expect(Set(bodies.map { $0.prefix(3) }) == ["one", "two"])
        #expect(try up.spool.names().isEmpty)
    }

    @Test("a busy mailbox is a problem of the message, a wrong port and a silent server are the server's")
    func codes() throws {
        let server = try SMTPServer()
        let silent = try SilentServer()
        defer { silent.close() }
        func code(_ port: Int, _ receiver: String) -> MailError.Code? {
            var settings = SMTPSettings(server: "127.0.0.1", port: port)
            (settings.timeout, settings.connectTimeout) = (.milliseconds(300), .milliseconds(200))
            if port == server.port { settings = SMTPSettings(server: "127.0.0.1", port: port) }
            let transport = SMTPTransport(settings)
            defer { transport.close() }
            let envelope = MailEnvelope(sender: "s@example.com", recipients: [receiver])
            do { try transport.deliver(Array("Subject: x\r\n\r\nx\r\n".utf8), envelope) } catch { return error.code }
            return nil
        }
        #expect(code(server.port, "busy@example.com") == .temporary)
        #expect(code(silent.port, "j@example.com") == .unreachable)
        server.stop()
        #expect(code(server.port, "j@example.com") == .unreachable)
    }

    @Test("a server that never answers is given up after the time-out")
    func silent() throws {
        let listener = try SilentServer()
        defer { listener.close() }
        let folder = try TestFolder.make()
        defer { TestFolder.remove(folder) }
        var settings = SMTPSettings(server: "127.0.0.1", port: listener.port)
        settings.timeout = .milliseconds(300)
        settings.connectTimeout = .milliseconds(200)
        let began = ContinuousClock.now
        try mailer(settings, spool: folder).send(MailMessage(subject: "x", to: ["j@example.com"], text: "x"))
        #expect(ContinuousClock.now - began < .seconds(5))
        #expect(TestFolder.names(folder).count == 1)
    }
}
