/// A mail: text, HTML or both, with files.
///
/// ```swift
/// var message = MailMessage(subject: "Welcome", to: ["john@example.com"], text: "Hello, John!")
/// message.html = "<p>Hello, John!</p>"
/// try request.mail.send(message)
/// ```
public struct MailMessage: Sendable {
    public var subject: String
    public var recipients: [MailAddress]
    public var cc: [MailAddress] = []
    /// Receivers that the others do not see.
    public var bcc: [MailAddress] = []
    /// Who sends it; the app's usual sender when nil.
    public var sender: MailAddress?
    /// Where answers go, when not to the sender.
    public var replyTo: MailAddress?
    public var text: String?
    public var html: String?
    public var attachments: [MailAttachment] = []
    /// Further headers, such as `List-Unsubscribe`.
    public var headers: [(name: String, value: String)] = []
    /// `<…>` without the angle brackets; made when the message is sent, unless set.
    public var messageID: String?
    /// Seconds since 1970; the time of sending, unless set.
    public var date: Int64?

    public init(
        subject: String, to recipients: [MailAddress], text: String? = nil, html: String? = nil,
        sender: MailAddress? = nil
    ) {
        self.subject = subject
        self.recipients = recipients
        self.text = text
        self.html = html
        self.sender = sender
    }

    /// Everybody who gets the message.
    public var allRecipients: [MailAddress] { recipients + cc + bcc }

    /// Refuses a message that would not arrive, or would arrive as another one.
    /// - Throws: `MailError` with code `invalidMessage`.
    public func check() throws(MailError) {
        guard let sender else { throw MailError(.invalidMessage, "the mail has no sender: set mail.sender") }
        guard !allRecipients.isEmpty else { throw MailError(.invalidMessage, "the mail has no recipients") }
        try sender.check(as: "sender")
        try replyTo?.check(as: "reply-to")
        for address in allRecipients { try address.check(as: "recipient") }
        try HeaderText.check(subject, in: "the subject")
        for attachment in attachments { try attachment.check() }
        for (name, value) in headers { try Self.checkHeader(name, value) }
        let isPlain = messageID?.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>".utf8.contains($0) } ?? true
        guard isPlain else { throw MailError(.invalidMessage, "the message id has a character it may not have") }
    }

    private static func checkHeader(_ name: String, _ value: String) throws(MailError) {
        // RFC 5322: printable ASCII without the colon.
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        guard isName else { throw MailError(.invalidMessage, "\(name.debugDescription) is no name of a header") }
        guard !reserved.contains(name.lowercased()) else {
            throw MailError(.invalidMessage, "the header \(name) is made from the message: set its property instead")
        }
        try HeaderText.check(value, in: "the header \(name)")
    }

    private static let reserved: Set<String> = [
        "from", "sender", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "mime-version",
        "content-type", "content-transfer-encoding",
    ]
}
