extension PoolPolicy {
    /// What the policy reacts to.
    enum Event: Equatable {
        case start
        /// Time passed; with what every ready worker is doing.
        case tick([RequestSample])
        case spawned(slot: Int, pid: Int32)
        case spawnFailed(slot: Int, reason: String)
        case ready(slot: Int)
        /// `request` is what the worker held when it ended, `failure` the reason it left for a failed boot.
        case exited(pid: Int32, cause: ExitCause, request: RequestEvidence?, failure: String)
        /// A worker has served its number of requests, and goes on until its replacement is ready.
        case wantsRecycle(slot: Int)
        case stop(graceful: Bool, reason: String)
        case reload
        case reopenLogs
        case scale(by: Int)
        case scaleTo(Int)
    }

    /// What the master is to do.
    enum Action: Equatable {
        case spawn(slot: Int, generation: Int)
        case signal(pid: Int32, WorkerSignal)
        case report(PoolEvent)
        /// The first worker is ready: pid file, `ready` event.
        case becomeReady
        /// The pool stops: no new connection may reach it from now on.
        case stopListening
        case reopenLogs
        case exit(status: Int32)
    }

    enum WorkerSignal: Equatable {
        case retire, reopenLogs, cancelRequest
        /// To the whole process group, children that a view started included.
        case kill
    }

    /// The running request of one slot, as read from the scoreboard.
    struct RequestSample: Equatable {
        let slot: Int
        let startedAt: MonotonicTime
    }
}
