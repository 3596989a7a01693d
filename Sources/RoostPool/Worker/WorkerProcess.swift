import CRoost
import Glibc
import Synchronization

/// What happens in a worker process from the fork to its end.
enum WorkerProcess {
    /// Status of a worker that could not boot; the reason is in its slot.
    static let bootFailed: Int32 = 3

    /// Never returns into the master's code: the process ends here.
    static func run(_ worker: Worker, identity: Identity?, masterPID: Int32) -> Never {
        do {
            try become(identity, worker, masterPID)
            try worker.program.boot(worker.context)
        } catch {
            worker.context.slot.describeFailure(String(describing: error))
            end(bootFailed)
        }
        worker.numbers.pointee.bootedAt.store(MonotonicTime.now.nanoseconds, ordering: .relaxed)
        worker.numbers.pointee.ready.store(1, ordering: .releasing)
        worker.notify()
        worker.serve()
        worker.program.stop()
        end(0)
    }

    /// Own process group, own user, own signals, and an end with the master.
    private static func become(_ identity: Identity?, _ worker: Worker, _ masterPID: Int32) throws {
        setpgid(0, 0)  // a kill reaches what views start, and the terminal's Ctrl-C reaches the master alone
        try identity?.assume()
        let settings = worker.settings
        let limits = roost_limits(
            handover_after: settings.handoverAfter.nanoseconds, header_timeout: settings.headerTimeout.nanoseconds,
            request_timeout: settings.requestTimeout.nanoseconds,
            orphan_limit: (settings.requestTimeout + settings.killGrace).nanoseconds)
        guard roost_worker_begin(limits, masterPID, worker.wiring.queueWrite) == 0 else {
            throw SystemError("signals of the worker")
        }
        // After the change of user, which clears it.
        guard roost_die_with_parent(SIGALRM, masterPID) == 0 else {
            throw SystemError("the master has died", code: ESRCH)
        }
    }

    /// `_exit`: handlers registered by the master before the fork are not the worker's to run.
    private static func end(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}
