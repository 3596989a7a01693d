/// How often something may happen: so many times in a period, evenly, with so many at once.
public struct RateLimit: Sendable {
    /// Nanoseconds between two that are spaced evenly.
    let spacing: Int64
    /// How many may come at once after a pause.
    let burst: Int

    /// - Parameters:
    ///   - count: from 1 on
    ///   - period: in which so many are let through
    ///   - burst: how many may come at once; nil: all of them
    public init(_ count: Int, per period: Duration, burst: Int? = nil) {
        precondition(count > 0, "a rate limit lets at least one through")
        spacing = max(1, Int64(period / .nanoseconds(1)) / Int64(count))
        self.burst = max(1, burst ?? count)
    }

    public static func perSecond(_ count: Int, burst: Int? = nil) -> RateLimit {
        .init(count, per: .seconds(1), burst: burst)
    }
    public static func perMinute(_ count: Int, burst: Int? = nil) -> RateLimit {
        .init(count, per: .seconds(60), burst: burst)
    }
    public static func perHour(_ count: Int, burst: Int? = nil) -> RateLimit {
        .init(count, per: .seconds(3600), burst: burst)
    }
}

/// Counts for rate limits. `SharedRateCounters` counts for all workers of a pool; an app may count elsewhere.
public protocol RateCounters: AnyObject {
    /// Counts one use of a key.
    /// - Parameters:
    ///   - key: a hash of whoever is limited
    ///   - now: nanoseconds of the monotonic clock
    /// - Returns: nil when it is let through, else the nanoseconds until the next would be.
    func use(key: UInt64, limit: RateLimit, now: Int64) throws -> Int64?
}

/// Whom a rate limit counts.
public struct RateKey {
    let text: (Request) throws -> String

    public init(_ text: @escaping (Request) throws -> String) { self.text = text }

    /// What counters know a key by: the same in all workers of a pool, which have the hash's seed from their master.
    static func hash(_ text: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(text)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The client's address; of an IPv6 address the network of 64 bits, since every customer has one of those.
    public static var address: RateKey { RateKey { ClientNetwork.text($0.remoteAddress) } }

    /// The user, or the address of who is not logged in.
    public static var user: RateKey {
        RateKey { request in
            try request.currentUser.map { "user " + $0.loginID } ?? ClientNetwork.text(request.remoteAddress)
        }
    }
}

extension RouteGuard {
    /// Lets so many requests through, and answers the others with 429 and `Retry-After`.
    ///
    ///     try app.requiring(.rate(.perMinute(5))).post("/login") { … }
    ///
    /// Make it while the app is made: its counters are shared by the workers that are forked after that.
    /// - Throws: `SharedMemoryError` when the kernel has no memory for the counters.
    public static func rate(
        _ limit: RateLimit, by key: RateKey = .address, counters: (any RateCounters)? = nil
    ) throws -> RouteGuard {
        let counters = try counters ?? SharedRateCounters()
        return RouteGuard { request in
            try counters.count(key, of: request, limit: limit)
            return nil
        }
    }
}

extension RateCounters {
    /// Counts a request in the middle of a view, for limits that depend on what a form says:
    ///
    ///     try counters.count(RateKey { _ in email }, of: request, limit: .perMinute(10))
    ///
    /// - Throws: 429 with `Retry-After` when the limit is used up, and what the key throws
    public func count(_ key: RateKey, of request: Request, limit: RateLimit) throws {
        let hash = RateKey.hash(try key.text(request))
        if let wait = try use(key: hash, limit: limit, now: Clock.monotonic()) { throw HTTPError(wait: wait) }
    }
}

extension HTTPError {
    /// 429, with when to come again.
    /// - Parameter wait: nanoseconds
    init(wait: Int64) {
        self.init(429, headers: ["Retry-After": String(max(1, (wait + 999_999_999) / 1_000_000_000))])
    }
}
