/// Which worker an event speaks of.
public struct WorkerIdentity: Hashable, Sendable {
    public let slot: Int
    public let pid: Int32
    public let generation: Int

    public init(slot: Int, pid: Int32, generation: Int) {
        self.slot = slot
        self.pid = pid
        self.generation = generation
    }
}

/// How a worker process ended.
public enum ExitCause: Hashable, Sendable {
    case status(Int)
    case signal(name: String, core: Bool)
    /// SIGKILL that the master did not send, while the kernel's counter of out-of-memory kills rose.
    case outOfMemory
}

/// What a worker was doing, read from its slot: the words of the request, never trusted.
public struct RequestEvidence: Hashable, Sendable {
    public var method = ""
    public var path = ""
    public var endpoint = ""
    public var requestID = ""
    public var phase = WorkerPhase.idle
    public var sql = ""
    public var elapsed: Duration = .zero

    public init() {}
}

public enum KillReason: String, Hashable, Sendable {
    case requestTimeout = "request_timeout"
    case bootTimeout = "boot_timeout"
    case gracefulTimeout = "graceful_timeout"
    case stop = "stop"
}

/// Everything that happens to a pool. The code that acts makes these; `PoolEventFormatter` alone words them.
public enum PoolEvent: Hashable, Sendable {
    case listening(address: String, backlog: Int)
    case staleSocketRemoved(path: String)
    case backlogTruncated(address: String, asked: Int, effective: Int)
    case spawned(WorkerIdentity)
    case spawnFailed(slot: Int, reason: String)
    case workerReady(WorkerIdentity, boot: Duration)
    /// The pool serves: its first worker is ready.
    case ready(pid: Int32, addresses: [String], workers: Int, boot: Duration)
    case bootFailed(WorkerIdentity, cause: ExitCause, reason: String)
    case exited(WorkerIdentity, cause: ExitCause, expected: Bool, request: RequestEvidence?)
    case backingOff(failures: Int, delay: Duration)
    case recycling(WorkerIdentity)
    case slowRequest(WorkerIdentity, request: RequestEvidence)
    case requestTimedOut(WorkerIdentity, request: RequestEvidence)
    case killed(WorkerIdentity, reason: KillReason, request: RequestEvidence?)
    case scaled(from: Int, to: Int)
    case scaleRefused(asked: Int, reason: String)
    case reloading(generation: Int)
    case reloaded(generation: Int, took: Duration)
    case reloadFailed(generation: Int, reason: String)
    case logsReopened
    case descriptorsExhausted(WorkerIdentity, times: Int)
    case connectionsTimedOut(WorkerIdentity, count: Int)
    case clockSkipped(Duration)
    case warning(String)
    case stopping(graceful: Bool, reason: String)
    case cannotBoot(reason: String)
    case stopped(status: Int32)
}
