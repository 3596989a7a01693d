import RoostMail

/// Takes messages, or refuses them as it is told.
final class FakeTransport: MailTransport {
    var problem: MailError?
    /// Problems with messages to one receiver.
    var problems: [String: MailError] = [:]
    var taken: [(envelope: MailEnvelope, text: String)] = []
    /// How often somebody tried, with success or without.
    var attempts = 0
    var closed = 0
    /// Runs in the middle of each delivery.
    var during: () -> Void = {}

    func deliver(_ message: [UInt8], _ envelope: MailEnvelope) throws(MailError) {
        attempts += 1
        during()
        if let problem = problem ?? envelope.recipients.first.flatMap({ problems[$0] }) { throw problem }
        taken.append((envelope, String(decoding: message, as: UTF8.self)))
    }

    func close() { closed += 1 }
}
