internal import RoostHTTP
internal import RoostMail

extension MailSpool {
    /// One line for each message: since when, how often tried, to whom, why not.
    /// - Throws: `MailError` with code `spool` when the folder cannot be read.
    func listing() throws -> [String] {
        // One that was sent since its name was read is no longer of interest.
        try names().compactMap { name in
            guard let mail = try mail(named: name) else { return isThere(name) ? "\(name)  is no message" : nil }
            return Self.line(mail)
        }
    }

    private func isThere(_ name: String) -> Bool { (try? names().contains(name)) ?? false }

    private static func line(_ mail: SpooledMail) -> String {
        var since: [UInt8] = []
        HTTPDate.appendISO8601(microseconds: mail.since, to: &since)
        let state = mail.name.hasSuffix(".refused") ? "refused" : "waiting"
        let tries = mail.attempts == 1 ? "1 try " : "\(mail.attempts) tries"
        return [
            String(decoding: since, as: UTF8.self), state, tries,
            "\(mail.envelope.sender) to \(mail.envelope.recipients.joined(separator: ", "))", mail.problem,
        ].joined(separator: "  ")
    }
}
