internal import Roost

/// Delivers into a folder: each message becomes a file `….eml`, which mail programs open. For a machine without a
/// mail server, and for looking at what would be sent.
///
/// A file appears complete or not at all, with the time in its name, so that the names sort as the messages were sent.
/// Two headers before those of the message say what the envelope said, receivers that no header names among it.
public final class FolderTransport: MailTransport {
    public let folder: String

    /// - Parameter folder: made, with those above it, for the first message
    public init(folder: String) { self.folder = folder }

    /// - Throws: `MailError` with code `temporary` when the folder cannot be written.
    public func deliver(_ message: [UInt8], _ envelope: MailEnvelope) throws(MailError) {
        var head = "Return-Path: <\(envelope.sender)>\r\n"
        for recipient in envelope.recipients { head += "Delivered-To: \(recipient)\r\n" }
        do {
            try MailFile.write(Array(head.utf8) + message, as: Self.name(), in: folder)
        } catch {
            throw MailError(.temporary, error.description)
        }
    }

    public func close() {}

    private static func name() -> String {
        var generator = SystemRandomNumberGenerator()
        return "\(Clock.now())-\(String(generator.next(), radix: 36)).eml"
    }
}
