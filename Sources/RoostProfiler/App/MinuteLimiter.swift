internal import Roost

/// Allows so many things in a minute.
struct MinuteLimiter {
    private let most: Int
    private var minute: Int64 = -1
    private var count = 0

    init(most: Int) { self.most = most }

    /// Whether one more is allowed; it does not count.
    /// - Parameter now: nanoseconds of the monotonic clock.
    func hasRoom(now: Int64 = Clock.monotonic()) -> Bool {
        (now / Self.length == minute ? count : 0) < most
    }

    /// Counts one more if it is allowed.
    mutating func allows(now: Int64 = Clock.monotonic()) -> Bool {
        guard hasRoom(now: now) else { return false }
        let current = now / Self.length
        if current != minute { (minute, count) = (current, 0) }
        count += 1
        return true
    }

    private static let length: Int64 = 60_000_000_000
}
