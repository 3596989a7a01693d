internal import Roost

/// One of the blog's limits with its counters, which all workers share; without a number there is none.
struct RequestLimit {
    private let limit: RateLimit
    private let counters: SharedRateCounters

    /// Makes the counters, before workers are forked.
    /// - Parameter setting: so many in the period; 0 limits nothing
    /// - Throws: `SettingError`, `SharedMemoryError`
    init?(_ setting: String, per period: Duration, _ settings: Settings) throws {
        let count = try settings.count(setting)
        guard count > 0 else { return nil }
        limit = RateLimit(count, per: period)
        counters = try SharedRateCounters()
    }

    /// - Throws: 429 when there were too many
    func count(_ key: RateKey, _ request: Request) throws {
        try counters.count(key, of: request, limit: limit)
    }
}
