internal import Logging
internal import Roost

extension Mailer {
    /// Sends every waiting message once more, those too that were given up: the work of `mail retry`. It ends early
    /// when the server is down.
    /// - Parameter refused: whether messages that the server refused are tried again too.
    /// - Throws: `MailError` with code `spool` when the folder cannot be read or written.
    public func retry(refused: Bool = false) throws(MailError) -> MailRetry {
        guard let transport else { return MailRetry() }
        defer { transport.close() }
        return try spool.retry(refused: refused) { (mail) throws(MailError) in
            try transport.deliver(mail.message, mail.envelope)
        }
    }

    /// Tries messages that are due, when it is time to look for any: the work of a worker after a response. Until then
    /// it compares two numbers.
    /// - Returns: what became of them; nil when there was nothing to do.
    func retryWhenDue() -> MailRetry? {
        guard retryAfter > .zero, let transport, clock.monotonic() >= nextLook else { return nil }
        let pause = Int64(min(retryAfter, .seconds(86_400)) / .microseconds(1))
        nextLook = clock.monotonic() + pause * 1000
        do {
            return try retryDue(through: transport, pause: pause)
        } catch {
            logger.error("waiting mail cannot be looked at", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// - Parameter pause: microseconds between rounds
    private func retryDue(through transport: any MailTransport, pause: Int64) throws(MailError) -> MailRetry? {
        guard try !spool.names().isEmpty else { return nil }
        defer { transport.close() }
        let round = SpoolRound(
            spool: spool, states: [.waiting], onlyDue: true, mostAttempts: Self.mostAttempts,
            longest: Self.longestRound, clock: clock)
        let result = try spool.locked(waits: false) { () throws(MailError) -> MailRetry? in
            guard try spool.beginRound(at: clock.now(), pause: pause) else { return nil }
            return try round.run { (mail) throws(MailError) in
                try transport.deliver(mail.message, mail.envelope)
            } report: { outcome in
                log(outcome)
            }
        }
        return result ?? nil
    }

    /// A worker shall serve again soon: the bounds of one round. An attempt that was begun ends by `mail.timeout`.
    private static let mostAttempts = 50
    private static let longestRound: Int64 = 5_000_000_000

    private func log(_ outcome: SpoolRound.Outcome) {
        switch outcome {
        case .sent(let mail):
            logger.info("waiting mail sent", metadata: metadata(mail))
        case .kept(let mail, let problem):
            log(mail, problem)
        case .unreadable(let name, let problem):
            logger.error(
                "waiting mail cannot be read",
                metadata: ["spool_file": "\(spool.folder)/\(name)", "error": "\(problem)"])
        }
    }

    private func metadata(_ mail: SpooledMail) -> Logger.Metadata {
        let recipients = mail.envelope.recipients.joined(separator: ", ")
        return [
            "recipients": "\(recipients)", "attempts": "\(mail.attempts)", "spool_file": "\(spool.folder)/\(mail.name)",
        ]
    }

    private func log(_ mail: SpooledMail, _ problem: MailError) {
        var metadata = metadata(mail)
        metadata["error"] = "\(problem)"
        switch mail.state {
        case .waiting:
            logger.notice("waiting mail not sent, kept for another attempt", metadata: metadata)
        case .givenUp:
            logger.error("waiting mail given up: only the command mail retry tries it again", metadata: metadata)
        case .refused:
            logger.error("waiting mail refused: it is not tried again by itself", metadata: metadata)
        }
    }
}
