internal import Roost

/// How often accounts may be tried and mails be asked for, counted by all workers together: by the client's address,
/// because one machine tries many accounts, and by account, because many machines try one.
struct AccountLimits {
    /// One limit with its counters; without a number there is none.
    private struct Limit {
        let limit: RateLimit
        let counters: SharedRateCounters

        /// - Parameter setting: so many in the period; 0 limits nothing
        init?(_ setting: String, per period: Duration, _ settings: Settings) throws {
            let count = try settings.count(setting)
            guard count > 0 else { return nil }
            limit = RateLimit(count, per: period)
            counters = try SharedRateCounters()
        }

        func count(_ key: RateKey, _ request: Request) throws {
            try counters.count(key, of: request, limit: limit)
        }
    }

    private let loginsOfAddress: Limit?
    private let loginsOfAccount: Limit?
    private let mailsOfAddress: Limit?
    private let mailsOfAccount: Limit?

    /// Makes the counters, before workers are forked.
    /// - Throws: `SettingError`, `SharedMemoryError`
    init(_ settings: Settings) throws {
        let (minute, hour) = (Duration.seconds(60), Duration.seconds(3600))
        loginsOfAddress = try Limit("flasky.logins_per_address", per: minute, settings)
        loginsOfAccount = try Limit("flasky.logins_per_account", per: minute, settings)
        mailsOfAddress = try Limit("flasky.mails_per_address", per: hour, settings)
        mailsOfAccount = try Limit("flasky.mails_per_account", per: hour, settings)
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
