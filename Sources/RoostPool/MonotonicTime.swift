import Glibc

/// A moment on CLOCK_MONOTONIC, in nanoseconds.
///
/// The clock ignores changes of the wall clock and does not count the time the machine is suspended, so a resumed
/// laptop finds no request overdue.
public struct MonotonicTime: Comparable, Hashable, Sendable {
    public var nanoseconds: UInt64

    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    public static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment this long after, saturating.
    public static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, overflow) = time.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return MonotonicTime(nanoseconds: overflow ? .max : sum)
    }

    /// The time since an earlier moment; zero when it is not earlier, so that hostile input cannot trap.
    public func since(_ earlier: MonotonicTime) -> Duration {
        nanoseconds <= earlier.nanoseconds ? .zero : .nanoseconds(Int64(clamping: nanoseconds - earlier.nanoseconds))
    }
}

extension Duration {
    /// Whole nanoseconds, never negative, saturating.
    package var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 9_000_000_000 else { return .max }
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    var milliseconds: Int { Int(clamping: nanoseconds / 1_000_000) }
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
