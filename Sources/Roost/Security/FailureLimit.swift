/// Limits how often something may go wrong, such as logins with a wrong password; what goes well is not counted.
///
///     let failures = try FailureLimit(.perMinute(20), by: .address)
///     try failures.check(request, "john")                  // 429 once there were too many
///     guard isRight else {
///         try failures.count(request, "john")
///         …
///     }
///
/// Make it while the app is made: its counters are shared by the workers that are forked after that. Workers that check
/// at the same time may let through as many more as there are workers.
public struct FailureLimit {
    private let limit: RateLimit
    private let key: RateKey
    private let counters: SharedRateCounters

    /// - Parameters:
    ///   - limit: how many failures are let through
    ///   - key: whose failures count together
    /// - Throws: `SharedMemoryError` when the kernel has no memory for the counters.
    public init(_ limit: RateLimit, by key: RateKey = .address) throws {
        self.limit = limit
        self.key = key
        counters = try SharedRateCounters()
    }

    /// Ends the request with 429 and `Retry-After` when there were too many failures.
    /// - Parameter detail: counts apart for each, such as the account
    public func check(_ request: Request, _ detail: String = "") throws {
        let hash = try hash(request, detail)
        if let wait = counters.wait(key: hash, limit: limit, now: Clock.monotonic()) { throw HTTPError(wait: wait) }
    }

    /// Counts a failure.
    public func count(_ request: Request, _ detail: String = "") throws {
        _ = counters.use(key: try hash(request, detail), limit: limit, now: Clock.monotonic())
    }

    private func hash(_ request: Request, _ detail: String) throws -> UInt64 {
        RateKey.hash("\(try key.text(request)) \(detail)")
    }
}
