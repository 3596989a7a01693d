import Glibc
import Roost
import RoostMail
import RoostTemplates
import Testing

// The examples of Mail.md, word by word: the last test looks for them here.

@Suite("The examples of the article about mail")
struct MailArticleTests {
    private func app() throws -> App {
        let app = App("test")
        let settings = try Settings(
            known: MailSettings.all, ["mail.suppress": "true", "mail.sender": "Flasky Admin <flasky@example.com>"])
        app.useTemplates(
            TemplateEnvironment(
                loader: DictionaryLoader(["auth/email/confirm.txt": "Dear {{ name }},\n\n{{ link }}\n"])))
        try app.useMail(settings)
        try app.post("/register") { request in
            try request.mail.send(
                "Confirm Your Account", to: [MailAddress("susan@example.com", name: "Susan")],
                template: "auth/email/confirm",
                ["name": "Susan", "link": "https://example.com/auth/confirm/token"])
            return "ok"
        }
        let (invoice, logo): ([UInt8], [UInt8]) = ([1], [2])
        try app.post("/invoice") { request in
            var message = MailMessage(subject: "Your invoice", to: ["John <john@example.com>"], text: "Here it is.")
            message.html = "<p>Here it is. <img src=\"cid:logo\"></p>"
            message.bcc = ["books@example.com"]
            message.attachments = [
                MailAttachment(filename: "invoice.pdf", contentType: "application/pdf", bytes: invoice),
                MailAttachment(filename: "logo.png", contentType: "image/png", bytes: logo, contentID: "logo"),
            ]
            try request.mail.send(message)
            return "ok"
        }
        return app
    }

    @Test("the mails are in the outbox")
    func outbox() throws {
        let app = try app()
        let response = app.testClient().post("/register", form: ["email": "susan@example.com"])
        #expect(response.status == 200)
        #expect(app.mail?.outbox.first?.text?.contains("https://example.com/auth/confirm/") == true)
        _ = app.testClient().post("/invoice")
        #expect(app.mail?.outbox.last?.attachments.count == 2)
    }

    @Test("every Swift example stands in this file")
    func examples() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let code = lines(try read(#filePath))
        let text = try read("\(root)/Sources/Roost/Roost.docc/Mail.md")
        let examples = text.split(separator: "```swift\n").dropFirst().compactMap { $0.split(separator: "```\n").first }
        #expect(examples.count == 4)
        for example in examples {
            let wanted = lines(String(example))
            #expect(code.indices.contains { code[$0...].starts(with: wanted) }, "not in this file:\n\(example)")
        }
    }

    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }

    private func read(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"), "cannot read \(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
