/// The master's view of one worker process; `Worker` is the loop inside it.
struct WorkerHandle: Equatable {
    enum State: Equatable { case starting, ready, retiring, killed }

    let identity: WorkerIdentity
    let spawnedAt: MonotonicTime
    /// Slot of the worker that leaves once this one is ready.
    let replaces: Int?
    var state = State.starting
    var readyAt: MonotonicTime?
    /// When a starting or retiring worker is killed.
    var deadline: MonotonicTime
    var wantsRecycle = false
    var watch: RequestWatch?
    /// Told to leave or killed by the master, so that its end is no surprise.
    var orderedToLeave = false
    var killedFor: KillReason?

    var isStaying: Bool { state == .starting || state == .ready }

    /// A worker killed for its own fault keeps its place until it is reaped: only then is it known to be gone.
    var holdsPlace: Bool {
        guard replaces == nil else { return false }
        return isStaying || killedFor == .requestTimeout || killedFor == .bootTimeout
    }
}

/// One request seen to run, and the step already taken against it.
struct RequestWatch: Equatable {
    enum Step: Equatable {
        case watched, reported
        case cancelled(at: MonotonicTime)
    }

    let startedAt: MonotonicTime
    /// Time that had been skipped before the request was first seen; see `PoolPolicy.skipped`.
    let skippedBefore: Duration
    var step = Step.watched
}
