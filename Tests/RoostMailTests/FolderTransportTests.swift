import Glibc
import Roost
import RoostMail
import Testing

@Suite("Mail into a folder")
struct FolderTransportTests {
    private let folder = "/tmp/roost-mail-\(getpid())-\(UInt32.random(in: 0 ... .max))"

    private func files(_ name: String = "") throws -> [String] {
        let stream = try #require(opendir(folder + name))
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    private func text(_ name: String) throws -> String {
        let file = try #require(fopen("\(folder)/mail/\(name)", "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func removeFolder() {
        for name in (try? files("/mail")) ?? [] { unlink("\(folder)/mail/\(name)") }
        rmdir(folder + "/mail")
        rmdir(folder)
    }

    @Test("with mail.folder each message is a whole file for its owner alone, in the order they were sent")
    func delivers() throws {
        defer { removeFolder() }
        let app = App("test")
        app.logger.logLevel = .critical
        let texts = ["mail.folder": folder + "/mail", "mail.sender": "admin@example.com"]
        try app.useMail(Settings(known: MailSettings.all + [.appEnvironment], texts))
        var message = MailMessage(subject: "One", to: ["john@example.com"], text: "first")
        message.bcc = ["susan@example.com"]
        try app.mail?.send(message)
        try app.mail?.send(MailMessage(subject: "Two", to: ["john@example.com"], text: "second"))

        let names = try files("/mail")
        #expect(names.count == 2 && names.allSatisfy { $0.hasSuffix(".eml") && !$0.hasPrefix(".") })
        let (first, second) = (try text(names[0]), try text(names[1]))
        let head =
            "Return-Path: <admin@example.com>\r\nDelivered-To: john@example.com\r\nDelivered-To: susan@example.com\r\n"
        #expect(first.hasPrefix(head) && first.contains("Subject: One\r\n") && first.contains("first"))
        #expect(second.contains("Subject: Two\r\n"))
        var status = stat()
        stat("\(folder)/mail/\(names[0])", &status)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("a folder that cannot be written is a problem that may pass, so that the message is kept")
    func fails() throws {
        let transport = FolderTransport(folder: "/dev/null/mail")
        let error = #expect(throws: MailError.self) {
            try transport.deliver([], MailEnvelope(sender: "a@example.com", recipients: ["b@example.com"]))
        }
        #expect(error?.code == .temporary && error?.description.contains("/dev/null/mail") == true)
    }
}
