internal import Roost

/// Allows so many things in a minute.
struct MinuteLimiter {
    private let most: Int
    private var minute: Int64 = -1
    private var count = 0

    init(most: Int) { self.most = most }

    /// - Parameter now: nanoseconds of the monotonic clock.
    mutating func allows(now: Int64 = Clock.monotonic()) -> Bool {
        let current = now / 60_000_000_000
        if current != minute { (minute, count) = (current, 0) }
        guard count < most else { return false }
        count += 1
        return true
    }
}
