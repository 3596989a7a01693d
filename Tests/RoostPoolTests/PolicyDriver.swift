@testable import RoostPool

/// Plays a pool on paper: feeds events at a time of its own and carries out forks by inventing pids.
struct PolicyDriver {
    var policy: PoolPolicy
    var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
    var actions: [PoolPolicy.Action] = []
    private var nextPID: Int32 = 100

    init(workers: Int = 2, slots: Int = 9, _ change: (inout PoolSettings) -> Void = { _ in }) {
        var settings = PoolSettings()
        settings.workers = workers
        change(&settings)
        policy = PoolPolicy(settings: settings, slotCount: slots)
    }

    /// A pool whose first workers are ready.
    static func serving(workers: Int = 2, slots: Int = 9, _ change: (inout PoolSettings) -> Void = { _ in }) -> Self {
        var driver = PolicyDriver(workers: workers, slots: slots, change)
        driver.send(.start)
        driver.allReady()
        driver.actions = []
        return driver
    }

    mutating func send(_ event: PoolPolicy.Event) {
        var events = [event]
        while !events.isEmpty {
            for action in policy.on(events.removeFirst(), at: now) {
                actions.append(action)
                guard case .spawn(let slot, _) = action else { continue }
                events.append(.spawned(slot: slot, pid: nextPID))
                nextPID += 1
            }
        }
    }

    mutating func allReady() {
        for worker in policy.sorted where worker.state == .starting { send(.ready(slot: worker.identity.slot)) }
    }

    /// Time passes in ticks of 100 ms; `running` gives the start of the request in each busy slot.
    mutating func pass(_ duration: Duration, running: [Int: MonotonicTime] = [:]) {
        let end = now + duration
        while now < end {
            now = min(end, now + .milliseconds(100))
            send(.tick(running.map { .init(slot: $0.key, startedAt: $0.value) }))
        }
    }

    mutating func die(slot: Int, _ cause: ExitCause = .signal(name: "SIGSEGV", core: false), failure: String = "") {
        guard let worker = policy.workers[slot] else { return }
        send(.exited(pid: worker.identity.pid, cause: cause, request: nil, failure: failure))
    }

    /// Workers told to leave do so.
    mutating func leaveAsTold() {
        for worker in policy.sorted where worker.state == .retiring { die(slot: worker.identity.slot, .status(0)) }
        for worker in policy.sorted where worker.state == .killed { die(slot: worker.identity.slot) }
    }

    mutating func taken() -> [PoolPolicy.Action] {
        defer { actions = [] }
        return actions
    }

    var spawns: Int { actions.count { if case .spawn = $0 { true } else { false } } }
    var retired: Int { signals(.retire) }
    var killed: Int { signals(.kill) }
    var names: [String] { actions.compactMap { if case .report(let event) = $0 { event.name } else { nil } } }
    var exitStatus: Int32? { actions.lazy.compactMap { if case .exit(let status) = $0 { status } else { nil } }.first }

    func signals(_ wanted: PoolPolicy.WorkerSignal) -> Int {
        actions.count { if case .signal(_, wanted) = $0 { true } else { false } }
    }
}
