/// Slows respawning when workers die young: 0.1 s, doubling to 30 s, one attempt at a time.
///
/// A worker that has served for a while and then dies is replaced at once and counts for nothing here.
struct BackOff: Equatable {
    static let first = Duration.milliseconds(100)
    static let longest = Duration.seconds(30)
    /// A worker that lives this long past ready proves that the loop is over.
    static let proof = Duration.seconds(1)

    private(set) var failures = 0
    private(set) var nextAttempt = MonotonicTime(nanoseconds: 0)
    private var lastFailure: MonotonicTime?

    var isActive: Bool { failures > 0 }

    /// Counts one failure of a worker spawned at this time. Workers of one round that die together count once.
    ///
    /// Returns the delay when it grew.
    mutating func fail(spawnedAt: MonotonicTime, _ now: MonotonicTime) -> Duration? {
        if let lastFailure, spawnedAt <= lastFailure { return nil }
        failures += 1
        lastFailure = now
        nextAttempt = now + delay
        return delay
    }

    /// One attempt was made: the next waits its turn.
    mutating func attempted(_ now: MonotonicTime) {
        if isActive { nextAttempt = now + delay }
    }

    mutating func forget(_ now: MonotonicTime, _ workers: some Collection<WorkerHandle>) {
        guard isActive, let lastFailure else { return }
        let proven = workers.contains { worker in
            guard worker.state == .ready, worker.spawnedAt > lastFailure, let ready = worker.readyAt else {
                return false
            }
            return now.since(ready) >= Self.proof
        }
        if proven { self = BackOff() }
    }

    private var delay: Duration {
        min(Self.longest, Self.first * (1 << min(failures - 1, 10)))
    }
}
