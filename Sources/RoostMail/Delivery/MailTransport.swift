/// Who a message goes from and to, as the server is told: what the headers say does not count.
public struct MailEnvelope: Sendable, Hashable {
    public let sender: String
    public let recipients: [String]

    public init(sender: String, recipients: [String]) {
        self.sender = sender
        self.recipients = recipients
    }
}

/// What delivers messages.
public protocol MailTransport: AnyObject {
    /// Delivers one message, its bytes as RFC 5322 has them.
    /// - Throws: `MailError` with code `temporary`, `unreachable` or `refused`.
    func deliver(_ message: [UInt8], _ envelope: MailEnvelope) throws(MailError)

    /// Ends what is kept open between messages.
    func close()
}
