import Glibc
import Synchronization

/// The answer to `status`: the pool, and one row for each worker.
struct StatusReport {
    let master: Master
    let parts: Master.Parts
    let now = MonotonicTime.now

    func write(to json: inout JSONText) {
        json.object("pool", pool)
        json.array("workers") { json in
            for worker in master.policy.sorted { json.object { row(worker, &$0) } }
        }
    }

    private func pool(_ json: inout JSONText) {
        let policy = master.policy
        json.number("pid", getpid())
        json.text("mode", master.settings.mode.rawValue)
        json.number("generation", policy.generation)
        json.decimal("uptime", now.since(master.startedAt).seconds)
        json.number("workers", policy.workers.count)
        json.number("target_workers", policy.target)
        json.number("max_workers", master.settings.workers)
        json.flag("reloading", policy.roll != nil)
        json.flag("backing_off", policy.backOff.isActive)
        listeners(&json)
        totals(&json)
    }

    private func listeners(_ json: inout JSONText) {
        let queues = parts.listeners.map { ($0, ListenQueue.of($0)) }
        json.array("listen") { json in
            for (listener, queue) in queues {
                json.object { json in
                    json.text("address", listener.address.description)
                    if let queue {
                        json.number("queue", queue.waiting)
                        json.number("backlog", queue.backlog)
                    } else {
                        json.null("queue")
                    }
                }
            }
        }
        let waiting = queues.compactMap { $0.1?.waiting }.reduce(0, +)
        json.number("listen_queue", waiting)
        json.number("listen_queue_high_water", max(waiting, master.counts.queueHighWater))
        json.number("backlog", min(Int(master.settings.backlog), ListenQueue.kernelLimit ?? .max))
    }

    private func totals(_ json: inout JSONText) {
        var totals = master.carried
        for worker in master.policy.sorted { totals.add(parts.scoreboard.slot(worker.identity.slot)) }
        json.number("requests", totals.requests)
        json.number("accepted", totals.accepted)
        json.number("handed_over", totals.handedOver)
        json.number("adopted", totals.adopted)
        json.number("connections_timed_out", totals.connectionsTimedOut)
        json.number("accept_failures", totals.acceptFailures)
        json.number("all_busy", master.counts.allBusy)
        json.number("slow_requests", master.counts.slowRequests)
        json.number("request_timeouts", master.counts.requestTimeouts)
        json.object("restarts") { json in
            for (cause, count) in master.counts.restarts.sorted(by: { $0.key < $1.key }) { json.number(cause, count) }
        }
    }

    private func row(_ worker: WorkerHandle, _ json: inout JSONText) {
        let slot = parts.scoreboard.slot(worker.identity.slot)
        let evidence = slot.evidence(now: now)
        json.number("slot", worker.identity.slot)
        json.number("pid", worker.identity.pid)
        json.number("generation", worker.identity.generation)
        json.text("state", state(worker, evidence))
        numbers(slot, worker, &json)
        if let memory = ProcFile.memory(of: worker.identity.pid) {
            json.number("private_bytes", memory.private)
            json.number("shared_bytes", memory.shared)
        }
        json.object("request") { json in
            json.flag("running", evidence.elapsed > .zero)
            for (key, value) in evidence.fields where key != "phase" {
                switch value {
                case .text(let text): json.text(key, text)
                case .seconds(let seconds): json.decimal(key, seconds)
                case .number, .flag, .list: break
                }
            }
        }
    }

    private func state(_ worker: WorkerHandle, _ evidence: RequestEvidence) -> String {
        switch worker.state {
        case .starting: WorkerPhase.starting.name
        case .retiring, .killed: WorkerPhase.stopping.name
        case .ready: evidence.phase.name
        }
    }

    private func numbers(_ slot: Slot, _ worker: WorkerHandle, _ json: inout JSONText) {
        let requests = slot.numbers.pointee.requests.load(ordering: .relaxed)
        let running = slot.requestStartedAt(now: now).map { now.since($0).nanoseconds } ?? 0
        let busy = Double(slot.numbers.pointee.busyNanoseconds.load(ordering: .relaxed)) / 1e9 + Double(running) / 1e9
        let alive = now.since(worker.spawnedAt).seconds
        json.number("requests", requests)
        json.number("held", slot.numbers.pointee.held.load(ordering: .relaxed))
        json.decimal("uptime", alive)
        json.decimal("busy_share", alive > 0 ? min(1, busy / alive) : 0)
        json.decimal("average_milliseconds", requests > 0 ? busy * 1000 / Double(requests) : 0)
    }
}
