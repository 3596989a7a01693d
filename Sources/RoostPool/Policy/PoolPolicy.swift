/// Decides everything about the pool and does nothing: events in, actions out, no system call.
///
/// Static mode: `target` workers. Dynamic and on-demand modes will move `target`; nothing else changes for them.
struct PoolPolicy {
    enum Life: Equatable {
        case booting
        case serving
        /// Ends with this status when the last worker has gone.
        case stopping(status: Int32, forced: Bool)
        case ended
    }

    let settings: PoolSettings
    /// Workers in all slots, by slot: leaving ones and replacements included.
    var workers: [Int: WorkerHandle] = [:]
    /// Slots for which a fork was ordered that has not answered yet.
    var ordered: [Int: Order] = [:]
    var target: Int
    /// The most workers the scoreboard has room for, one slot kept free for a replacement.
    let ceiling: Int
    var generation = 1
    var life = Life.booting
    var roll: Roll?
    var reloadWaits = false
    var backOff = BackOff()
    var startedAt = MonotonicTime(nanoseconds: 0)
    private var lastTick: MonotonicTime?
    /// Time in which this process did not run (suspended host, frozen container). No deadline counts it.
    private(set) var skipped = Duration.zero
    /// Ticks come several times a second; a gap this long means that we were not running, and nor were the workers.
    static let longestTick = Duration.seconds(5)

    struct Order: Equatable {
        let generation: Int
        let replaces: Int?
    }

    /// A reload in progress: workers older than `generation` are replaced one at a time.
    struct Roll: Equatable {
        let generation: Int
        let startedAt: MonotonicTime
    }

    init(settings: PoolSettings, slotCount: Int) {
        self.settings = settings
        ceiling = slotCount - 1
        target = min(settings.workers, ceiling)
    }

    mutating func on(_ event: Event, at now: MonotonicTime) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .start:
            startedAt = now
        case .tick(let samples):
            tick(samples, now, &actions)
        case .spawned(let slot, let pid):
            spawned(slot, pid, now, &actions)
        case .spawnFailed(let slot, let reason):
            spawnFailed(slot, reason, now, &actions)
        case .ready(let slot):
            ready(slot, now, &actions)
        case .exited(let pid, let cause, let request, let failure):
            exited(pid, cause, request, failure, now, &actions)
        case .wantsRecycle(let slot):
            workers[slot]?.wantsRecycle = true
        case .stop(let graceful, let reason):
            stop(graceful: graceful, reason, now, &actions)
        case .reload:
            reload(now, &actions)
        case .reopenLogs:
            reopenLogs(&actions)
        case .scale(let step):
            scale(to: target + step, now, &actions)
        case .scaleTo(let count):
            scale(to: count, now, &actions)
        }
        if life == .booting || life == .serving { fill(now, &actions) }
        return actions
    }

    // MARK: Time

    private mutating func tick(_ samples: [RequestSample], _ now: MonotonicTime, _ actions: inout [Action]) {
        if let lastTick, now.since(lastTick) > Self.longestTick { skip(now.since(lastTick), &actions) }
        lastTick = now
        watch(samples, now, &actions)
        enforceDeadlines(now, &actions)
        backOff.forget(now, workers.values)
    }

    private mutating func skip(_ gap: Duration, _ actions: inout [Action]) {
        skipped += gap
        workers = workers.mapValues { worker in
            var worker = worker
            worker.deadline = worker.deadline + gap
            return worker
        }
        actions.append(.report(.clockSkipped(gap)))
    }

    private mutating func enforceDeadlines(_ now: MonotonicTime, _ actions: inout [Action]) {
        for worker in sorted where now >= worker.deadline {
            switch worker.state {
            case .starting: kill(worker, .bootTimeout, &actions)
            case .retiring: kill(worker, .gracefulTimeout, &actions)
            case .ready, .killed: break
            }
        }
    }

    // MARK: What the parts below share

    /// In the order of slots, so that the same events always give the same actions.
    var sorted: [WorkerHandle] { workers.values.sorted { $0.identity.slot < $1.identity.slot } }

    mutating func kill(_ worker: WorkerHandle, _ reason: KillReason, _ actions: inout [Action]) {
        let slot = worker.identity.slot
        // One that was leaving has its replacement already, and so no place to keep.
        workers[slot]?.killedFor = worker.state == .retiring && reason != .stop ? .gracefulTimeout : reason
        workers[slot]?.state = .killed
        workers[slot]?.orderedToLeave = true
        actions.append(.report(.killed(worker.identity, reason: reason, request: nil)))
        actions.append(.signal(pid: worker.identity.pid, .kill))
    }

    mutating func retire(_ worker: WorkerHandle, _ now: MonotonicTime, _ actions: inout [Action]) {
        let slot = worker.identity.slot
        workers[slot]?.state = .retiring
        workers[slot]?.orderedToLeave = true
        workers[slot]?.deadline = now + settings.gracefulTimeout
        actions.append(.signal(pid: worker.identity.pid, .retire))
    }

    private func reopenLogs(_ actions: inout [Action]) {
        actions.append(.reopenLogs)
        actions += sorted.map { .signal(pid: $0.identity.pid, .reopenLogs) }
        actions.append(.report(.logsReopened))
    }
}
