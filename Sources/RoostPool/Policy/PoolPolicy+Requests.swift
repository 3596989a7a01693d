/// Requests that run too long: reported, cancelled, killed, with real time between the steps.
extension PoolPolicy {
    mutating func watch(_ samples: [RequestSample], _ now: MonotonicTime, _ actions: inout [Action]) {
        let running = Dictionary(samples.map { ($0.slot, $0.startedAt) }, uniquingKeysWith: { first, _ in first })
        for worker in sorted where worker.state == .ready || worker.state == .retiring {
            let slot = worker.identity.slot
            guard let startedAt = running[slot] else {
                workers[slot]?.watch = nil
                continue
            }
            var watch = worker.watch ?? RequestWatch(startedAt: startedAt, skippedBefore: skipped)
            if watch.startedAt != startedAt { watch = RequestWatch(startedAt: startedAt, skippedBefore: skipped) }
            step(&watch, worker, now, &actions)
            workers[slot]?.watch = watch
        }
    }

    private mutating func step(
        _ watch: inout RequestWatch, _ worker: WorkerHandle, _ now: MonotonicTime, _ actions: inout [Action]
    ) {
        let elapsed = now.since(watch.startedAt) - (skipped - watch.skippedBefore)
        switch watch.step {
        case .watched where elapsed >= settings.slowRequest:
            watch.step = .reported
            actions.append(.report(.slowRequest(worker.identity, request: RequestEvidence())))
        case .reported where elapsed >= settings.requestTimeout:
            watch.step = .cancelled(at: now)
            actions.append(.report(.requestTimedOut(worker.identity, request: RequestEvidence())))
            actions.append(.signal(pid: worker.identity.pid, .cancelRequest))
        case .cancelled(let at) where now.since(at) >= settings.killGrace:
            kill(worker, .requestTimeout, &actions)
        default:
            break
        }
    }
}
