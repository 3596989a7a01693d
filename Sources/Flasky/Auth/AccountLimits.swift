internal import Roost

/// How often accounts may be tried and mails be asked for, counted by all workers together: by the client's address,
/// and by account.
struct AccountLimits {
    private let loginsOfAddress: FailureLimit?
    private let loginsOfAccount: FailureLimit?
    private let mailsOfAddress: RequestLimit?
    private let mailsOfAccount: RequestLimit?

    /// Makes the counters, before workers are forked.
    /// - Throws: `SettingError`, `SharedMemoryError`
    init(_ settings: Settings) throws {
        let (minute, hour) = (Duration.seconds(60), Duration.seconds(3600))
        loginsOfAddress = try Self.failures("flasky.logins_per_address", per: minute, settings)
        loginsOfAccount = try Self.failures("flasky.logins_per_account", per: minute, settings)
        mailsOfAddress = try RequestLimit("flasky.mails_per_address", per: hour, settings)
        mailsOfAccount = try RequestLimit("flasky.mails_per_account", per: hour, settings)
    }

    private static func failures(
        _ setting: String, per period: Duration, _ settings: Settings
    ) throws -> FailureLimit? {
        let count = try settings.count(setting)
        return count > 0 ? try FailureLimit(RateLimit(count, per: period)) : nil
    }

    /// Lets somebody prove who he is. Only what fails counts, and for an account only what fails from the same client:
    /// strangers who guess must not keep the owner out.
    /// - Parameters:
    ///   - account: the e-mail address that was typed, whether or not anybody has it
    ///   - prove: nil when the proof fails
    /// - Throws: 429 when too many have failed; what `prove` throws
    func attempt<Proof>(on account: String, _ request: Request, _ prove: () throws -> Proof?) throws -> Proof? {
        let account = AccountRules.normalized(email: account)
        try loginsOfAddress?.check(request)
        try loginsOfAccount?.check(request, account)
        if let proof = try prove() { return proof }
        try loginsOfAddress?.count(request)
        try loginsOfAccount?.count(request, account)
        return nil
    }

    /// Counts a mail that somebody asks for.
    /// - Parameter account: the e-mail address it would go to, whether or not anybody has it
    /// - Throws: 429 when there were too many
    func countMail(to account: String, _ request: Request) throws {
        try mailsOfAddress?.count(.address, request)
        try mailsOfAccount?.count(Self.key(account), request)
    }

    private static func key(_ account: String) -> RateKey {
        RateKey { _ in AccountRules.normalized(email: account) }
    }
}
