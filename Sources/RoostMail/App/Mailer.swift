public import Logging
internal import Roost
internal import RoostHTTP

/// The mail of an app: it completes messages, delivers them and keeps those that could not be delivered.
public final class Mailer {
    /// The messages that were sent, when sending is suppressed or `recordsOutbox` is set: tests look here.
    public private(set) var outbox: [MailMessage] = []
    /// Keeps every message in the outbox, also when it is delivered.
    public var recordsOutbox: Bool
    /// What delivers; nil keeps everything in the outbox and sends nothing.
    public var transport: (any MailTransport)?
    public let spool: MailSpool
    public var sender: MailAddress?
    public var subjectPrefix: String?
    /// How long a worker waits before it looks again whether messages of the spool are due; zero never looks.
    public var retryAfter: Duration = .seconds(60)
    let logger: Logger
    var clock = MailClock()
    /// When this worker looks into the spool again, on the clock `monotonic`.
    var nextLook = Int64.min

    /// - Parameters:
    ///   - transport: what delivers; nil sends nothing.
    ///   - spool: where messages wait that could not be delivered.
    public init(transport: (any MailTransport)?, spool: MailSpool, logger: Logger) {
        self.transport = transport
        self.spool = spool
        self.logger = logger
        recordsOutbox = transport == nil
    }

    /// Empties the outbox.
    public func clearOutbox() { outbox = [] }

    /// Completes a message: sender, prefix of the subject, id, date. What is wrong with it shows now.
    /// - Throws: `MailError` with code `invalidMessage`.
    public func prepare(_ message: MailMessage) throws(MailError) -> MailMessage {
        var message = message
        if message.sender == nil { message.sender = sender }
        if let subjectPrefix, !subjectPrefix.isEmpty { message.subject = "\(subjectPrefix) \(message.subject)" }
        try message.check()
        let now = clock.now()
        if message.date == nil { message.date = now / 1_000_000 }
        if message.messageID == nil { message.messageID = Self.newID(now, message.sender) }
        return message
    }

    /// Sends a message now. One that cannot be delivered is logged and kept for another attempt; that is no error.
    ///
    /// In a view use `request.mail.send`, which does not let the reader wait.
    /// - Throws: `MailError` with code `invalidMessage`.
    public func send(_ message: MailMessage) throws(MailError) {
        deliver([try prepare(message)])
    }

    /// Sends messages that are complete, over one connection.
    func deliver(_ messages: [MailMessage], requestID: String? = nil) {
        guard !messages.isEmpty else { return }
        if recordsOutbox { outbox += messages }
        guard let transport else { return }
        defer { transport.close() }
        for message in messages {
            let envelope = Self.envelope(of: message)
            let bytes = MessageWriter.bytes(of: message)
            // Kept before it is sent: the worker may be killed while the server lets it wait.
            let kept = Result { () throws(MailError) in try spool.begin(bytes, envelope, at: clock.now()) }
            do {
                try transport.deliver(bytes, envelope)
                logger.info("mail sent", metadata: Self.metadata(message, requestID))
                remove(kept, message, requestID)
            } catch {
                settle(kept, message, error, requestID)
            }
        }
    }

    private func remove(_ kept: Result<SpooledMail, MailError>, _ message: MailMessage, _ requestID: String?) {
        guard case .success(let mail) = kept else { return }
        do { try spool.remove(mail) } catch {
            var metadata = Self.metadata(message, requestID)
            metadata["spool_error"] = "\(error)"
            logger.error("mail sent, but not taken out of the spool: it will be sent again", metadata: metadata)
        }
    }

    private func settle(
        _ kept: Result<SpooledMail, MailError>, _ message: MailMessage, _ error: MailError, _ requestID: String?
    ) {
        var metadata = Self.metadata(message, requestID)
        metadata["error"] = "\(error)"
        do {
            var mail = try kept.get()
            try spool.settle(&mail, error, at: clock.now())
            metadata["spool_file"] = "\(spool.folder)/\(mail.name)"
            logger.error("mail not sent, kept for another attempt", metadata: metadata)
        } catch {
            metadata["spool_error"] = "\(error)"
            logger.critical("mail not sent and not kept: it is lost", metadata: metadata)
        }
    }

    static func envelope(of message: MailMessage) -> MailEnvelope {
        var seen: Set<String> = []
        let recipients = message.allRecipients.map(\.address).filter { seen.insert($0).inserted }
        return MailEnvelope(sender: message.sender?.address ?? "", recipients: recipients)
    }

    /// Who got mail is written down; what it said is not.
    private static func metadata(_ message: MailMessage, _ requestID: String?) -> Logger.Metadata {
        let recipients = envelope(of: message).recipients.joined(separator: ", ")
        return [
            "recipients": "\(recipients)", "subject": "\(message.subject)", "message_id": "\(message.messageID ?? "-")",
            "request_id": "\(requestID ?? "-")",
        ]
    }

    private static func newID(_ now: Int64, _ sender: MailAddress?) -> String {
        var generator = SystemRandomNumberGenerator()
        let domain = sender?.address.split(separator: "@").last.map(String.init) ?? "localhost"
        let host = domain.utf8.allSatisfy { $0 < 0x80 } ? domain : "localhost"
        return "\(String(now, radix: 36)).\(String(generator.next(), radix: 36))@\(host)"
    }
}
