internal import Glibc
internal import Roost

/// The profile of one request while it is taken.
final class ActiveProfile: RequestProfile {
    /// Of the worker's profiles; tells two requests of one millisecond apart.
    private(set) var sequence = 0
    let pid: Int32
    /// The token that the request carries, if it carries one that is accepted.
    private(set) var token: ProfileToken?
    /// Nanoseconds between two ticks of the timer.
    private(set) var period: UInt64 = 0
    private(set) var reasons: [ProfileReason] = []
    /// Set when the request is over and the profile is kept.
    var finalName: ProfileName?
    private unowned let profiler: Profiler
    /// Only asked while the request, which owns this through its trace, is alive.
    private unowned var request: Request
    private var start: Int64?

    init(of request: Request, pid: Int32, profiler: Profiler) {
        self.request = request
        self.pid = pid
        self.profiler = profiler
    }

    /// Starts anew for another request: a worker has one at a time, and need not allocate for each.
    func restart(for request: Request, sequence: Int, token: ProfileToken?, period: UInt64) {
        self.request = request
        (self.sequence, self.token, self.period) = (sequence, token, period)
        if !reasons.isEmpty { reasons = [] }
        (finalName, start) = (nil, nil)
    }

    func entered(_ phase: RequestPhase) { Sampler.setTag(UInt8(truncatingIfNeeded: phase.rawValue)) }

    func keep(because reason: ProfileReason) {
        guard !reasons.contains(reason) else { return }
        reasons.append(reason)
        profiler.wasAskedToKeep(self)
    }

    var pattern: String? {
        guard profiler.mayKeep(request, token) else { return nil }
        return ProfileName.pattern(start: startTime, endpoint: request.endpoint, pid: pid, sequence: sequence)
    }

    var name: String? { finalName?.text }

    /// When the request began, in microseconds since 1970. Read once: pattern and name must agree.
    var startTime: Int64 {
        if let start { return start }
        let time = Clock.now() - (Clock.monotonic() - request.trace.start) / 1000
        start = time
        return time
    }
}
