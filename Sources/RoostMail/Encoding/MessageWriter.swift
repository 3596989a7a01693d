internal import RoostHTTP

/// Writes a message as it goes over the wire: RFC 5322 with MIME.
struct MessageWriter {
    private var output: [UInt8] = []

    /// The bytes of a message that was checked. `Bcc` is not among its headers.
    static func bytes(of message: MailMessage) -> [UInt8] {
        var writer = MessageWriter()
        writer.write(message)
        return writer.output
    }

    private mutating func write(_ message: MailMessage) {
        HeaderText.append("From", message.sender.map { [$0] } ?? [], to: &output)
        HeaderText.append("To", message.recipients, to: &output)
        HeaderText.append("Cc", message.cc, to: &output)
        HeaderText.append("Reply-To", message.replyTo.map { [$0] } ?? [], to: &output)
        HeaderText.append("Subject", message.subject, to: &output)
        line("Date: " + MailDate.text(message.date ?? 0))
        if let id = message.messageID { line("Message-ID: <\(id)>") }
        for (name, value) in message.headers { HeaderText.append(name, value, to: &output) }
        line("MIME-Version: 1.0")
        let beside = message.attachments.filter { $0.contentID == nil }
        guard !beside.isEmpty else { return body(message) }
        multipart("mixed", [{ $0.body(message) }] + beside.map { file in { $0.part(file) } })
    }

    /// Text, HTML, or both as alternatives, the richer one last.
    private mutating func body(_ message: MailMessage) {
        let text: (inout MessageWriter) -> Void = { $0.part(message.text ?? "", "plain") }
        guard message.html != nil else { return text(&self) }
        guard message.text != nil else { return html(message) }
        multipart("alternative", [text, { $0.html(message) }])
    }

    private mutating func html(_ message: MailMessage) {
        let shown = message.attachments.filter { $0.contentID != nil }
        let text: (inout MessageWriter) -> Void = { $0.part(message.html ?? "", "html") }
        guard !shown.isEmpty else { return text(&self) }
        multipart("related", [text] + shown.map { file in { $0.part(file) } })
    }

    private mutating func multipart(_ kind: String, _ parts: [(inout MessageWriter) -> Void]) {
        let boundary = Self.boundary()
        line("Content-Type: multipart/\(kind); boundary=\"\(boundary)\"")
        line("")
        for part in parts {
            line("--" + boundary)
            part(&self)
        }
        line("--\(boundary)--")
    }

    private mutating func part(_ text: String, _ kind: String) {
        let (encoding, bytes) = TextEncoding.encode(text)
        line("Content-Type: text/\(kind); charset=utf-8")
        line("Content-Transfer-Encoding: \(encoding.rawValue)")
        line("")
        output += bytes
    }

    private mutating func part(_ file: MailAttachment) {
        line("Content-Type: " + file.contentType)
        line("Content-Transfer-Encoding: base64")
        let disposition = file.contentID == nil ? "attachment" : "inline"
        HeaderText.append(
            "Content-Disposition", [disposition + ";", HeaderText.parameter("filename", file.filename)], separator: " ",
            to: &output)
        if let id = file.contentID { line("Content-ID: <\(id)>") }
        line("")
        Base64.appendLines(file.bytes, to: &output)
    }

    private mutating func line(_ text: String) { output += Array(text.utf8) + [13, 10] }

    /// Random, and with `=_`, which no encoded part can hold.
    private static func boundary() -> String {
        var generator = SystemRandomNumberGenerator()
        return "=_" + String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }
}

/// Dates of mails.
enum MailDate {
    /// `Sat, 21 Nov 2026 14:00:00 +0000`.
    static func text(_ seconds: Int64) -> String { HTTPDate.text(seconds).replacing("GMT", with: "+0000") }
}
