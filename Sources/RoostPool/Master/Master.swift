import CRoost
import Glibc
import Synchronization

/// The master process: opens sockets, forks workers, and from then on waits for signals, control requests and time.
///
/// One thread for ever. It never serves a request, and touches neither Dispatch, tasks, TLS nor the network: what a
/// library locks in the parent stays locked in every child.
public final class Master {
    /// Between two looks at the scoreboard. Timeouts are that exact.
    static let tickInterval = Duration.milliseconds(100)

    let settings: PoolSettings
    let program: any WorkerProgram
    let onEvent: (PoolEvent) -> Void
    var policy: PoolPolicy
    var parts: Parts?
    var counts = MasterCounts()
    var carried = Totals()
    var startedAt = MonotonicTime.now
    var outOfMemoryKills = ProcFile.outOfMemoryKills ?? 0
    /// Last values of the counters that become events when they grow, by slot.
    var reported: [Int: (acceptFailures: UInt64, timedOut: UInt64)] = [:]
    private var pending: [PoolPolicy.Event] = []
    private var exitStatus: Int32?
    private var nextTick = MonotonicTime.now

    /// What the pool is made of while it runs.
    struct Parts {
        let scoreboard: Scoreboard
        let listeners: [Listener]
        let control: ControlServer?
        let identity: Identity?
        let signals: Int32
        let queue: (read: Int32, write: Int32)
        let parentPipe: (read: Int32, write: Int32)
        let notice: (read: Int32, write: Int32)
    }

    /// A pool that is not running yet. `onEvent` is called in the master for everything that happens.
    public init(settings: PoolSettings, program: any WorkerProgram, onEvent: @escaping (PoolEvent) -> Void) {
        self.settings = settings
        self.program = program
        self.onEvent = onEvent
        policy = PoolPolicy(settings: settings, slotCount: Self.slotCount(settings))
    }

    /// Room for scaling up by hand, and for replacements beside the workers they replace.
    static func slotCount(_ settings: PoolSettings) -> Int { max(64, settings.workers * 2) + 1 }

    /// Runs the pool until it is told to stop.
    ///
    /// Returns the exit status: 0 stopped, 3 cannot boot, 1 anything else. Workers never return from here.
    public func run() -> Int32 {
        do {
            try settings.validate()
            parts = try openParts()
        } catch {
            report(.cannotBoot(reason: String(describing: error)))
            return 3
        }
        let status = loop()
        closeParts()
        report(.stopped(status: status))
        return status
    }

    // MARK: The loop

    private func loop() -> Int32 {
        apply(.start)
        while true {
            if let exitStatus { return exitStatus }
            waitForSomething()
            takeSignals()
            reapChildren()
            lookAtSlots()
            serveControl()
            if MonotonicTime.now >= nextTick { tick() }
        }
    }

    private func waitForSomething() {
        guard let parts else { return }
        var set = [
            pollfd(fd: parts.signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: parts.notice.read, events: Int16(POLLIN), revents: 0),
        ]
        parts.control?.appendInterests(to: &set)
        let left = nextTick.since(.now)
        poll(&set, UInt(set.count), Int32(left.milliseconds + 1))
    }

    private func takeSignals() {
        guard let signals = parts?.signals else { return }
        while true {
            switch roost_next_signal(signals) {
            case 0: return
            case SIGTERM: apply(.stop(graceful: true, reason: "SIGTERM"))
            case SIGQUIT: apply(.stop(graceful: true, reason: "SIGQUIT"))
            case SIGINT: apply(.stop(graceful: false, reason: "SIGINT"))
            case SIGHUP, SIGUSR2: apply(.reload)
            case SIGUSR1: apply(.reopenLogs)
            case SIGTTIN: apply(.scale(by: 1))
            case SIGTTOU: apply(.scale(by: -1))
            default: break  // SIGCHLD: children are looked at in every round
            }
        }
    }

    private func tick() {
        let now = MonotonicTime.now
        nextTick = now + Self.tickInterval
        apply(.tick(samples(now)))
        watchPressure()
    }

    /// Feeds the policy and does what it says; what that leads to is fed in turn.
    func apply(_ event: PoolPolicy.Event) {
        pending.append(event)
        guard pending.count == 1 else { return }
        while let next = pending.first {
            for action in policy.on(next, at: .now) { perform(action) }
            pending.removeFirst()
        }
    }

    private func perform(_ action: PoolPolicy.Action) {
        switch action {
        case .spawn(let slot, let generation): spawn(slot, generation)
        case .signal(let pid, let signal): send(signal, to: pid)
        case .report(let event): report(withEvidence(event))
        case .becomeReady: becomeReady()
        case .stopListening: stopListening()
        case .reopenLogs: program.reopenLogs()
        case .exit(let status): exitStatus = status
        }
    }

    func report(_ event: PoolEvent) {
        counts.note(event)
        onEvent(event)
        parts?.control?.tellWaiting(event)
    }

    private func becomeReady() {
        if let pidFile = settings.pidFile {
            do { try PidFile.write(pidFile) } catch { report(.warning(String(describing: error))) }
        }
        let addresses = settings.listen.map(\.description)
        report(
            .ready(
                pid: getpid(), addresses: addresses, workers: policy.target, boot: MonotonicTime.now.since(startedAt)))
    }

    private func stopListening() {
        guard let parts else { return }
        // The flag first: workers must know that nobody takes what they would give away. Then the path, so that the
        // listen queue they drain can only get shorter.
        parts.scoreboard.isStopping = true
        for listener in parts.listeners { listener.unlinkOwnPath() }
    }
}
