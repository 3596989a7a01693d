/// Birth, readiness and death of workers.
extension PoolPolicy {
    /// Orders the workers that are missing, then at most one replacement.
    mutating func fill(_ now: MonotonicTime, _ actions: inout [Action]) {
        var missing = target - workers.values.count(where: \.holdsPlace) - ordered.values.count { $0.replaces == nil }
        while missing > 0, !backOff.isActive || now >= backOff.nextAttempt, let slot = freeSlot {
            order(slot, replaces: nil, &actions)
            backOff.attempted(now)
            missing -= 1
        }
        finishRollIfDone(now, &actions)
        if missing <= 0 { replaceNext(now, &actions) }
    }

    private var freeSlot: Int? { (0...ceiling).first { workers[$0] == nil && ordered[$0] == nil } }

    private mutating func order(_ slot: Int, replaces: Int?, _ actions: inout [Action]) {
        ordered[slot] = Order(generation: generation, replaces: replaces)
        actions.append(.spawn(slot: slot, generation: generation))
    }

    /// One replacement starting or one worker leaving at a time: recycling and reloading never thin the pool.
    /// After a failed boot it waits its turn, and no longer: a full pool has no other worker to prove that boots succeed.
    private mutating func replaceNext(_ now: MonotonicTime, _ actions: inout [Action]) {
        guard life == .serving, !backOff.isActive || now >= backOff.nextAttempt, ordered.isEmpty else { return }
        guard !workers.values.contains(where: { $0.replaces != nil || !$0.isStaying }) else { return }
        guard let leaving = sorted.first(where: shouldLeave), let slot = freeSlot else { return }
        if leaving.wantsRecycle { actions.append(.report(.recycling(leaving.identity))) }
        order(slot, replaces: leaving.identity.slot, &actions)
        backOff.attempted(now)
    }

    private func shouldLeave(_ worker: WorkerHandle) -> Bool {
        guard worker.state == .ready else { return false }
        return worker.wantsRecycle || worker.identity.generation < roll?.generation ?? 0
    }

    mutating func spawned(_ slot: Int, _ pid: Int32, _ now: MonotonicTime, _ actions: inout [Action]) {
        guard let order = ordered.removeValue(forKey: slot) else { return }
        let identity = WorkerIdentity(slot: slot, pid: pid, generation: order.generation)
        let worker = WorkerHandle(
            identity: identity, spawnedAt: now, replaces: order.replaces, deadline: now + settings.bootTimeout)
        workers[slot] = worker
        actions.append(.report(.spawned(identity)))
        if case .stopping = life { retire(worker, now, &actions) }
    }

    /// Serve with fewer; try again later.
    mutating func spawnFailed(_ slot: Int, _ reason: String, _ now: MonotonicTime, _ actions: inout [Action]) {
        guard ordered.removeValue(forKey: slot) != nil else { return }
        actions.append(.report(.spawnFailed(slot: slot, reason: reason)))
        if life == .booting, workers.isEmpty, ordered.isEmpty {
            return endBoot("no worker could be started: \(reason)", now, &actions)
        }
        noteFailure(spawnedAt: now, now, &actions)
    }

    mutating func ready(_ slot: Int, _ now: MonotonicTime, _ actions: inout [Action]) {
        guard var worker = workers[slot], worker.state == .starting else { return }
        worker.state = .ready
        worker.readyAt = now
        let replaced = worker.replaces
        workers[slot] = WorkerHandle(becoming: worker)
        actions.append(.report(.workerReady(worker.identity, boot: now.since(worker.spawnedAt))))
        if life == .booting {
            life = .serving
            actions.append(.becomeReady)
        }
        if let replaced, let leaving = workers[replaced], leaving.state == .ready { retire(leaving, now, &actions) }
        retireSurplus(now, &actions)
    }

    mutating func exited(
        _ pid: Int32, _ cause: ExitCause, _ request: RequestEvidence?, _ failure: String, _ now: MonotonicTime,
        _ actions: inout [Action]
    ) {
        guard let worker = workers.values.first(where: { $0.identity.pid == pid }) else { return }
        workers[worker.identity.slot] = nil
        if worker.readyAt == nil, worker.state != .retiring, worker.killedFor != .stop {
            bootFailed(worker, cause, failure, now, &actions)
        } else {
            let expected = worker.state == .retiring || worker.killedFor == .stop || cause == .status(0)
            actions.append(.report(.exited(worker.identity, cause: cause, expected: expected, request: request)))
            let young = worker.readyAt.map { now.since($0) < BackOff.proof } ?? false
            if young, !worker.orderedToLeave { noteFailure(spawnedAt: worker.spawnedAt, now, &actions) }
        }
        endIfEmpty(&actions)
    }

    private mutating func bootFailed(
        _ worker: WorkerHandle, _ cause: ExitCause, _ failure: String, _ now: MonotonicTime, _ actions: inout [Action]
    ) {
        let reason = !failure.isEmpty ? failure : worker.killedFor == .bootTimeout ? "boot timeout" : cause.words
        actions.append(.report(.bootFailed(worker.identity, cause: cause, reason: reason)))
        switch life {
        case .booting: endBoot(reason, now, &actions)
        case .serving:
            noteFailure(spawnedAt: worker.spawnedAt, now, &actions)
            if worker.identity.generation == roll?.generation { abandonRoll(reason, &actions) }
        case .stopping, .ended: break
        }
    }

    /// The first generation does not boot: a broken build or setting, which respawning cannot mend.
    private mutating func endBoot(_ reason: String, _ now: MonotonicTime, _ actions: inout [Action]) {
        actions.append(.report(.cannotBoot(reason: reason)))
        life = .stopping(status: 3, forced: true)
        actions.append(.stopListening)
        for worker in sorted where worker.state != .killed { kill(worker, .stop, &actions) }
        endIfEmpty(&actions)
    }

    private mutating func noteFailure(spawnedAt: MonotonicTime, _ now: MonotonicTime, _ actions: inout [Action]) {
        guard let delay = backOff.fail(spawnedAt: spawnedAt, now) else { return }
        actions.append(.report(.backingOff(failures: backOff.failures, delay: delay)))
    }
}

extension WorkerHandle {
    /// The same worker in its own right: it is no longer anybody's replacement.
    fileprivate init(becoming worker: WorkerHandle) {
        self.init(identity: worker.identity, spawnedAt: worker.spawnedAt, replaces: nil, deadline: worker.deadline)
        state = worker.state
        readyAt = worker.readyAt
        wantsRecycle = worker.wantsRecycle
    }
}
