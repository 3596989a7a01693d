internal import Roost

/// One go through the messages of a spool, the oldest first. To be run under the spool's lock.
struct SpoolRound {
    let spool: MailSpool
    /// Which messages are tried.
    var states: Set<SpooledMail.State>
    /// Leaves those alone whose pause is not over.
    var onlyDue = false
    /// At most so many are tried.
    var mostAttempts = Int.max
    /// Nanoseconds after which no other attempt is begun.
    var longest = Int64.max
    var clock = MailClock()

    /// Tries messages until there are no more, or the server is down, or the round has lasted long enough.
    /// - Parameters:
    ///   - deliver: sends one.
    ///   - report: is told what became of each.
    /// - Throws: `MailError` with code `spool` when the folder cannot be read or written: then the round ends, and
    ///   nothing is lost.
    func run(
        _ deliver: (SpooledMail) throws(MailError) -> Void, report: (Outcome) -> Void = { _ in }
    ) throws(MailError) -> MailRetry {
        let (names, start) = (try spool.names(), clock.monotonic())
        var result = MailRetry()
        result.left = names.count
        for (index, name) in names.enumerated() where hasWantedState(name) {
            guard result.attempts < mostAttempts, clock.monotonic() - start < longest else { break }
            guard let outcome = try outcome(of: name, deliver) else { continue }
            result.add(outcome)
            report(outcome)
            if case .kept(_, let problem) = outcome, problem.code == .unreachable {
                result.untried = names[(index + 1)...].count(where: hasWantedState)
                break
            }
        }
        return result
    }

    /// What became of one file.
    enum Outcome {
        case sent(SpooledMail)
        /// The message as it is kept now.
        case kept(SpooledMail, MailError)
        /// It belongs to somebody else, perhaps. The other files do not wait for it.
        case unreadable(name: String, MailError)
    }

    /// - Returns: nil when there is nothing to do: it is not due, it is gone, or it is no message, which `mail list`
    ///   shows.
    private func outcome(
        of name: String, _ deliver: (SpooledMail) throws(MailError) -> Void
    ) throws(MailError) -> Outcome? {
        var found: SpooledMail?
        do { found = try isDue(name) ? spool.mail(named: name) : nil } catch { return .unreadable(name: name, error) }
        guard var mail = found else { return nil }
        guard let problem = try attempt(&mail, deliver) else { return .sent(mail) }
        return .kept(mail, problem)
    }

    private func hasWantedState(_ name: String) -> Bool { SpooledMail.State(name: name).map(states.contains) == true }

    private func isDue(_ name: String) throws(MailError) -> Bool {
        guard onlyDue else { return true }
        // What is asked for stands at the beginning, before a message that may be long, but after all receivers.
        guard let head = try spool.read(name, first: 65_536) else { return false }
        var mail = SpooledMail(name: name, bytes: head)
        if mail == nil { mail = try spool.mail(named: name) }
        guard let mail else { return false }
        return MailBackOff.isDue(mail, at: clock.now())
    }

    /// Tries one message, and removes it or keeps it with the reason.
    ///
    /// The attempt is written down before it is made. So a message over which the worker is killed waits for its next
    /// turn like others; one that was delivered but not removed is sent twice, not never; and in a folder that cannot
    /// be written nothing is sent again and again.
    private func attempt(
        _ mail: inout SpooledMail, _ deliver: (SpooledMail) throws(MailError) -> Void
    ) throws(MailError) -> MailError? {
        let now = clock.now()
        mail.attempts += 1
        mail.tried = now
        try spool.write(mail)
        do { try deliver(mail) } catch {
            try spool.settle(&mail, error, at: now)
            return error
        }
        try spool.remove(mail)
        return nil
    }

}

/// The two clocks of a mailer; tests set their own.
struct MailClock {
    /// Nanoseconds, of which only differences mean anything.
    var monotonic: () -> Int64 = Clock.monotonic
    /// Microseconds since 1970.
    var now: () -> Int64 = Clock.now
}
