internal import Roost

/// How often accounts may be tried and mails be asked for, counted by all workers together: by the client's address,
/// because one machine tries many accounts, and by account, because many machines try one.
struct AccountLimits {
    private let loginsOfAddress: RequestLimit?
    private let loginsOfAccount: RequestLimit?
    private let mailsOfAddress: RequestLimit?
    private let mailsOfAccount: RequestLimit?

    /// Makes the counters, before workers are forked.
    /// - Throws: `SettingError`, `SharedMemoryError`
    init(_ settings: Settings) throws {
        let (minute, hour) = (Duration.seconds(60), Duration.seconds(3600))
        loginsOfAddress = try RequestLimit("flasky.logins_per_address", per: minute, settings)
        loginsOfAccount = try RequestLimit("flasky.logins_per_account", per: minute, settings)
        mailsOfAddress = try RequestLimit("flasky.mails_per_address", per: hour, settings)
        mailsOfAccount = try RequestLimit("flasky.mails_per_account", per: hour, settings)
    }

    /// Counts an attempt to prove who one is.
    /// - Parameter account: the e-mail address that was typed, whether or not anybody has it
    /// - Throws: 429 when there were too many
    func countLogin(to account: String, _ request: Request) throws {
        try loginsOfAddress?.count(.address, request)
        try loginsOfAccount?.count(Self.key(account), request)
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
