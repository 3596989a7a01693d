/// How much an operator should care.
public enum PoolEventLevel: String, Sendable { case info, warning, error }

/// The value of one field of an event.
enum EventValue: Equatable {
    case text(String)
    case number(Int)
    case seconds(Double)
    case flag(Bool)
    case list([String])
}

typealias EventField = (key: String, value: EventValue)

extension PoolEvent {
    /// The stable name that log readers match on.
    public var name: String {
        switch self {
        case .listening: "listening"
        case .staleSocketRemoved: "stale_socket_removed"
        case .backlogTruncated: "backlog_truncated"
        case .spawned: "worker_spawned"
        case .spawnFailed: "spawn_failed"
        case .workerReady: "worker_ready"
        case .ready: "ready"
        case .bootFailed: "boot_failed"
        case .exited: "worker_exited"
        case .backingOff: "backing_off"
        case .recycling: "worker_recycling"
        case .slowRequest: "slow_request"
        case .requestTimedOut: "request_timeout"
        case .killed: "worker_killed"
        case .scaled: "scaled"
        case .scaleRefused: "scale_refused"
        case .reloading: "reloading"
        case .reloaded: "reloaded"
        case .reloadFailed: "reload_failed"
        case .logsReopened: "logs_reopened"
        case .descriptorsExhausted: "descriptors_exhausted"
        case .connectionsTimedOut: "connections_timed_out"
        case .clockSkipped: "clock_skipped"
        case .warning: "warning"
        case .stopping: "stopping"
        case .cannotBoot: "cannot_boot"
        case .stopped: "stopped"
        }
    }

    public var level: PoolEventLevel {
        switch self {
        case .cannotBoot, .bootFailed, .killed, .reloadFailed, .spawnFailed, .descriptorsExhausted: .error
        case .exited(_, _, let expected, _): expected ? .info : .error
        case .backlogTruncated, .backingOff, .slowRequest, .requestTimedOut, .scaleRefused, .connectionsTimedOut,
            .clockSkipped, .warning:
            .warning
        default: .info
        }
    }

    var fields: [EventField] {
        switch self {
        case .listening(let address, let backlog): [("address", .text(address)), ("backlog", .number(backlog))]
        case .staleSocketRemoved(let path): [("path", .text(path))]
        case .backlogTruncated(let address, let asked, let effective):
            [("address", .text(address)), ("asked", .number(asked)), ("effective", .number(effective))]
        case .scaled(let from, let to): [("from", .number(from)), ("to", .number(to))]
        case .scaleRefused(let asked, let reason): [("asked", .number(asked)), ("reason", .text(reason))]
        case .reloading(let generation): [("generation", .number(generation))]
        case .reloaded(let generation, let took):
            [("generation", .number(generation)), ("took", .seconds(took.seconds))]
        case .reloadFailed(let generation, let reason):
            [("generation", .number(generation)), ("reason", .text(reason))]
        case .logsReopened: []
        case .clockSkipped(let time): [("skipped", .seconds(time.seconds))]
        case .warning(let text): [("message", .text(text))]
        case .stopping(let graceful, let reason): [("graceful", .flag(graceful)), ("reason", .text(reason))]
        case .cannotBoot(let reason): [("reason", .text(reason))]
        case .stopped(let status): [("status", .number(Int(status)))]
        case .ready(let pid, let addresses, let workers, let boot):
            [
                ("pid", .number(Int(pid))), ("listen", .list(addresses)), ("workers", .number(workers)),
                ("boot", .seconds(boot.seconds)),
            ]
        case .backingOff(let failures, let delay):
            [("failures", .number(failures)), ("delay", .seconds(delay.seconds))]
        case .spawnFailed(let slot, let reason): [("slot", .number(slot)), ("reason", .text(reason))]
        default: workerFields
        }
    }

    private var workerFields: [EventField] {
        switch self {
        case .spawned(let worker), .recycling(let worker): worker.fields
        case .workerReady(let worker, let boot): worker.fields + [("boot", .seconds(boot.seconds))]
        case .bootFailed(let worker, let cause, let reason): worker.fields + cause.fields + [("reason", .text(reason))]
        case .exited(let worker, let cause, let expected, let request):
            worker.fields + cause.fields + [("expected", .flag(expected))] + (request?.fields ?? [])
        case .slowRequest(let worker, let request), .requestTimedOut(let worker, let request):
            worker.fields + request.fields
        case .killed(let worker, let reason, let request):
            worker.fields + [("reason", .text(reason.rawValue))] + (request?.fields ?? [])
        case .descriptorsExhausted(let worker, let times): worker.fields + [("times", .number(times))]
        case .connectionsTimedOut(let worker, let count): worker.fields + [("count", .number(count))]
        default: []
        }
    }
}

extension WorkerIdentity {
    var fields: [EventField] {
        [("slot", .number(slot)), ("pid", .number(Int(pid))), ("generation", .number(generation))]
    }
}

extension ExitCause {
    var fields: [EventField] {
        switch self {
        case .status(let status): [("cause", .text("exit")), ("status", .number(status))]
        case .signal(let name, let core): [("cause", .text("signal")), ("signal", .text(name)), ("core", .flag(core))]
        case .outOfMemory: [("cause", .text("out_of_memory")), ("signal", .text("SIGKILL"))]
        }
    }

    /// As in a status row: `exit 1`, `SIGSEGV`, `out of memory`.
    var words: String {
        switch self {
        case .status(let status): "exit \(status)"
        case .signal(let name, _): name
        case .outOfMemory: "out of memory"
        }
    }
}

extension RequestEvidence {
    var fields: [EventField] {
        var fields: [EventField] = [("phase", .text(phase.name)), ("elapsed", .seconds(elapsed.seconds))]
        for (key, text) in [
            ("method", method), ("path", path), ("endpoint", endpoint), ("request_id", requestID), ("sql", sql),
        ] where !text.isEmpty {
            fields.append((key, .text(text)))
        }
        return fields
    }
}
