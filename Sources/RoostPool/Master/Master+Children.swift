import CRoost
import Glibc
import Synchronization

/// Forking, signalling and reaping.
extension Master {
    func spawn(_ slotIndex: Int, _ generation: Int) {
        guard let parts else { return }
        let threads = ProcFile.threads ?? 1
        guard threads == 1 else {
            // A lock that another thread holds now would stay locked in the child for ever.
            let reason = "the master has \(threads) threads, and may fork only while it has one"
            return apply(.spawnFailed(slot: slotIndex, reason: reason))
        }
        let slot = parts.scoreboard.slot(slotIndex)
        slot.clear(generation: generation)
        reported[slotIndex] = nil
        fflush(nil)
        let master = getpid()
        let pid = fork()
        if pid == 0 { becomeWorker(parts, slot, generation, master) }
        guard pid > 0 else {
            return apply(.spawnFailed(slot: slotIndex, reason: String(describing: SystemError("fork"))))
        }
        setpgid(pid, pid)  // also done by the child: whoever comes first
        slot.numbers.pointee.pid.store(UInt64(pid), ordering: .relaxed)
        apply(.spawned(slot: slotIndex, pid: pid))
    }

    private func becomeWorker(_ parts: Parts, _ slot: Slot, _ generation: Int, _ master: Int32) -> Never {
        // The write end above all: while any worker held it, no worker would notice the master's death.
        close(parts.parentPipe.write)
        close(parts.notice.read)
        close(parts.signals)
        parts.control?.closeInChild()
        let context = WorkerContext(
            slot: slot, generation: generation, pid: getpid(), bodyTimeout: settings.bodyTimeout)
        let wiring = Worker.Wiring(
            listeners: parts.listeners, parentPipe: parts.parentPipe.read, queueRead: parts.queue.read,
            queueWrite: parts.queue.write, notice: parts.notice.write)
        let worker = Worker(
            settings: settings, program: program, context: context, scoreboard: parts.scoreboard, wiring: wiring)
        WorkerProcess.run(worker, identity: parts.identity, masterPID: master)
    }

    /// Only to children that have not been reaped: their pid cannot belong to anybody else.
    func send(_ signal: PoolPolicy.WorkerSignal, to pid: Int32) {
        switch signal {
        case .retire: Glibc.kill(pid, SIGTERM)
        case .reopenLogs: Glibc.kill(pid, SIGUSR1)
        case .cancelRequest: Glibc.kill(pid, SIGUSR2)
        case .kill: if Glibc.kill(-pid, SIGKILL) != 0 { Glibc.kill(pid, SIGKILL) }
        }
    }

    /// Own children alone: `waitpid(-1)` would steal those of the program.
    func reapChildren() {
        guard let parts else { return }
        for worker in policy.sorted {
            var cause = roost_exit_cause()
            guard roost_reap(worker.identity.pid, &cause) != 0 else { continue }
            let slot = parts.scoreboard.slot(worker.identity.slot)
            carried.add(slot)
            let now = MonotonicTime.now
            let request = slot.requestStartedAt(now: now) == nil ? nil : slot.evidence(now: now)
            let failure = slot.failure
            slot.numbers.pointee.pid.store(0, ordering: .relaxed)
            apply(
                .exited(
                    pid: worker.identity.pid, cause: decode(cause, worker), request: request, failure: failure))
        }
    }

    private func decode(_ cause: roost_exit_cause, _ worker: WorkerHandle) -> ExitCause {
        if cause.signal == 0 { return .status(Int(cause.exit_status)) }
        let kills = ProcFile.outOfMemoryKills ?? outOfMemoryKills
        defer { outOfMemoryKills = kills }
        if cause.signal == SIGKILL, worker.state != .killed, kills > outOfMemoryKills { return .outOfMemory }
        return .signal(name: String(cString: roost_signal_name(cause.signal)), core: cause.core)
    }
}
