import CRoost
import Glibc
import Synchronization

/// What the master reads from the scoreboard: another process's word, checked before it is believed.
extension Master {
    /// Learns who is ready and who has served its number of requests.
    func lookAtSlots() {
        guard let parts else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(parts.notice.read, &bytes, bytes.count) == bytes.count {}
        for worker in policy.sorted {
            let index = worker.identity.slot
            let numbers = parts.scoreboard.slot(index).numbers
            if worker.state == .starting, numbers.pointee.ready.load(ordering: .acquiring) != 0 {
                apply(.ready(slot: index))
            }
            if !worker.wantsRecycle, numbers.pointee.wantsRecycle.load(ordering: .acquiring) != 0 {
                apply(.wantsRecycle(slot: index))
            }
        }
    }

    func samples(_ now: MonotonicTime) -> [PoolPolicy.RequestSample] {
        guard let parts else { return [] }
        return policy.sorted.compactMap { worker in
            let index = worker.identity.slot
            return parts.scoreboard.slot(index).requestStartedAt(now: now).map { .init(slot: index, startedAt: $0) }
        }
    }

    /// Events about a request carry its words.
    func withEvidence(_ event: PoolEvent) -> PoolEvent {
        guard let parts else { return event }
        func evidence(_ worker: WorkerIdentity) -> RequestEvidence { parts.scoreboard.slot(worker.slot).evidence() }
        switch event {
        case .slowRequest(let worker, _): return .slowRequest(worker, request: evidence(worker))
        case .requestTimedOut(let worker, _): return .requestTimedOut(worker, request: evidence(worker))
        case .killed(let worker, let reason, _) where reason != .bootTimeout:
            let words = evidence(worker)
            return .killed(worker, reason: reason, request: words.elapsed > .zero ? words : nil)
        default: return event
        }
    }

    /// Listen queue, all workers busy, and worker counters that become events when they grow.
    func watchPressure() {
        guard let parts else { return }
        let now = MonotonicTime.now
        let queues = parts.listeners.compactMap(ListenQueue.of)
        counts.queueHighWater = max(counts.queueHighWater, queues.reduce(0) { $0 + $1.waiting })
        let ready = policy.sorted.filter { $0.state == .ready }
        let busy = ready.count { parts.scoreboard.slot($0.identity.slot).requestStartedAt(now: now) != nil }
        if busy > 0, busy == ready.count { counts.allBusy += 1 }
        for worker in ready { reportGrowth(worker.identity, parts.scoreboard.slot(worker.identity.slot)) }
    }

    private func reportGrowth(_ worker: WorkerIdentity, _ slot: Slot) {
        let failures = slot.numbers.pointee.acceptFailures.load(ordering: .relaxed)
        let timedOut = slot.numbers.pointee.connectionsTimedOut.load(ordering: .relaxed)
        let before = reported[worker.slot] ?? (0, 0)
        reported[worker.slot] = (failures, timedOut)
        if failures > before.acceptFailures {
            report(.descriptorsExhausted(worker, times: Int(clamping: failures - before.acceptFailures)))
        }
        if timedOut > before.timedOut {
            report(.connectionsTimedOut(worker, count: Int(clamping: timedOut - before.timedOut)))
        }
    }
}
