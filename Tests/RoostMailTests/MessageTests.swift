import RoostMail
import Testing

@Suite("Messages")
struct MessageTests {
    private var message: MailMessage {
        MailMessage(subject: "Hello", to: ["john@example.com"], text: "x", sender: "flasky@example.com")
    }

    private func refusal(_ change: (inout MailMessage) -> Void) -> String? {
        var message = message
        change(&message)
        do { try message.check() } catch { return error.description }
        return nil
    }

    @Test(
        "addresses are read with and without names",
        arguments: [
            ("john@example.com", "", "john@example.com"), ("John <j@x.org>", "John", "j@x.org"),
            (#""Smith, \"J\"" <j@x.org>"#, #"Smith, "J""#, "j@x.org"), ("<j@x.org>", "", "j@x.org"),
            ("Flasky Admin <flasky@example.com>", "Flasky Admin", "flasky@example.com"),
        ])
    func addresses(text: String, name: String, address: String) {
        let read = MailAddress(parsing: text)
        #expect(read.name == name && read.address == address)
    }

    @Test(
        "a line break in any header is refused, whoever put it there",
        arguments: ["\n", "\r", "\r\n", "\u{0}", "\u{B}"])
    func injection(character: String) {
        let evil = "x\(character)Bcc: victim@example.com"
        #expect(refusal { $0.subject = evil }?.contains("the subject") == true)
        #expect(refusal { $0.recipients = [MailAddress("john@example.com", name: evil)] } != nil)
        #expect(refusal { $0.recipients = [MailAddress("john@example.com" + evil)] } != nil)
        #expect(refusal { $0.sender = MailAddress(evil) } != nil)
        #expect(refusal { $0.replyTo = MailAddress("a@b.c", name: evil) } != nil)
        #expect(refusal { $0.headers = [("X-A", evil)] } != nil)
        #expect(refusal { $0.headers = [(evil, "x")] } != nil)
        #expect(refusal { $0.messageID = evil } != nil)
        let file = MailAttachment(filename: evil, contentType: "a/b", bytes: [])
        #expect(refusal { $0.attachments = [file] } != nil)
        #expect(
            refusal { $0.attachments = [MailAttachment(filename: "a", contentType: "a/b\(evil)", bytes: [])] } != nil)
    }

    @Test(
        "addresses that could end the command of SMTP are refused",
        arguments: [
            "", "john", "@x.org", "john@", "a>@x.org", "a b@x.org", "a@x.org,b@x.org", "<a@x.org", "a@x.org> SIZE=1",
            "a\\b@x.org",
        ])
    func badAddresses(address: String) {
        #expect(refusal { $0.recipients = [MailAddress(address)] } != nil)
    }

    @Test("what cannot arrive is refused with what to do about it")
    func incomplete() {
        #expect(refusal { $0.recipients = [] } == "the mail has no recipients")
        #expect(refusal { $0.sender = nil } == "the mail has no sender: set mail.sender")
        #expect(refusal { $0.headers = [("Subject", "x")] }?.contains("set its property instead") == true)
        #expect(refusal { _ in } == nil)
        let file = MailAttachment(filename: "a", contentType: "png", bytes: [])
        #expect(refusal { $0.attachments = [file] } == #""png" is no media type for an attachment"#)
    }

    @Test("receivers that nobody sees do for a message")
    func bccOnly() {
        #expect(
            refusal {
                $0.recipients = []
                $0.bcc = ["a@x.org"]
            } == nil)
    }
}
