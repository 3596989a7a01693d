/// The end of the pool, in steps.
extension PoolPolicy {
    /// The first graceful stop lets requests finish; a second one, or a fast one, kills.
    mutating func stop(graceful: Bool, _ reason: String, _ now: MonotonicTime, _ actions: inout [Action]) {
        switch life {
        case .ended: return
        case .stopping(_, forced: true): return
        case .stopping(let status, forced: false):
            life = .stopping(status: status, forced: true)
            actions.append(.report(.stopping(graceful: false, reason: reason)))
        case .booting, .serving:
            life = .stopping(status: 0, forced: !graceful)
            roll = nil
            actions.append(.report(.stopping(graceful: graceful, reason: reason)))
            actions.append(.stopListening)
        }
        if case .stopping(_, forced: true) = life {
            for worker in sorted where worker.state != .killed { kill(worker, .stop, &actions) }
        } else {
            for worker in sorted where worker.isStaying { retire(worker, now, &actions) }
        }
        endIfEmpty(&actions)
    }

    mutating func endIfEmpty(_ actions: inout [Action]) {
        guard case .stopping(let status, _) = life, workers.isEmpty, ordered.isEmpty else { return }
        life = .ended
        actions.append(.exit(status: status))
    }
}
