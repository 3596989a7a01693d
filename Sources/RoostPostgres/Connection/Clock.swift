import Glibc

/// The monotonic clock and sleeping on it; wall-clock jumps change nothing here.
enum Clock {
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Sleeps at least `duration` nanoseconds, however many signals arrive meanwhile.
    static func sleep(nanoseconds duration: UInt64) {
        let end = nanoseconds + duration
        var until = timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, Int32(TIMER_ABSTIME), &until, nil) == EINTR {}
    }
}
