extension MailSpool {
    /// Tries each waiting message once more, those too that were given up, until the server is down. When another
    /// process does so this one waits for it to end: nothing is sent twice.
    /// - Parameters:
    ///   - refused: whether those that were refused are tried again too.
    ///   - deliver: sends one.
    /// - Returns: how many were sent and how many are left.
    /// - Throws: `MailError` with code `spool` when the folder cannot be read or written.
    public func retry(
        refused: Bool = false, _ deliver: (SpooledMail) throws(MailError) -> Void
    ) throws(MailError) -> MailRetry {
        let states: Set<SpooledMail.State> = refused ? Set(SpooledMail.State.allCases) : [.waiting, .givenUp]
        let round = SpoolRound(spool: self, states: states)
        return try locked(waits: true) { () throws(MailError) in try round.run(deliver) } ?? MailRetry()
    }
}

/// What became of the messages that waited.
public struct MailRetry: Sendable {
    public var sent = 0
    /// All that are in the folder still.
    public var left = 0
    /// How many of those were not tried because the server is down.
    public var untried = 0
    /// Why messages are left, one line for each that was tried or cannot be read.
    public var problems: [String] = []
    /// How many were tried.
    private(set) var attempts = 0

    mutating func add(_ outcome: SpoolRound.Outcome) {
        switch outcome {
        case .sent:
            attempts += 1
            sent += 1
            left -= 1
        case .kept(let mail, let problem):
            attempts += 1
            problems.append("\(mail.name): \(problem)")
        case .unreadable(let name, let problem):
            problems.append("\(name): \(problem)")
        }
    }
}
