internal import RoostHTTP
internal import RoostMail

extension MailSpool {
    /// One line for each message: since when, how often tried, to whom, why not.
    /// - Throws: `MailError` with code `spool` when the folder cannot be read.
    func listing() throws -> [String] {
        let lines = try names().map { ($0, try mail(named: $0).map(Self.line)) }
        // One that was sent meanwhile is no longer of interest.
        let present = Set(try names())
        return lines.compactMap { name, line in line ?? (present.contains(name) ? "\(name)  is no message" : nil) }
    }

    private static func line(_ mail: SpooledMail) -> String {
        var since: [UInt8] = []
        HTTPDate.appendISO8601(microseconds: mail.since, to: &since)
        let state =
            switch mail.state {
            case .waiting: "waiting"
            case .refused: "refused"
            case .givenUp: "given up"
            }
        let tries = mail.attempts == 1 ? "1 try " : "\(mail.attempts) tries"
        return [
            String(decoding: since, as: UTF8.self), state, tries,
            "\(mail.envelope.sender) to \(mail.envelope.recipients.joined(separator: ", "))", mail.problem,
        ].joined(separator: "  ")
    }
}
