internal import Glibc
internal import Roost

/// The profile of one request while it is taken.
final class ActiveProfile: RequestProfile {
    /// Of the worker's profiles; tells two requests of one millisecond apart.
    let sequence: Int
    let pid: Int32
    /// The token that the request carries, if it carries one that is accepted.
    let token: ProfileToken?
    /// Nanoseconds between two ticks of the timer.
    let period: UInt64
    private(set) var reasons: [String] = []
    var finalName: ProfileName?
    private unowned let request: Request

    init(of request: Request, sequence: Int, pid: Int32, token: ProfileToken?, period: UInt64) {
        self.request = request
        self.sequence = sequence
        self.pid = pid
        self.token = token
        self.period = period
    }

    func entered(_ phase: RequestPhase) { Sampler.setTag(UInt8(truncatingIfNeeded: phase.rawValue)) }

    func keep(because reason: String) {
        if !reasons.contains(reason) { reasons.append(reason) }
    }

    var pattern: String {
        ProfileName.pattern(start: startTime, endpoint: request.endpoint, pid: pid, sequence: sequence)
    }

    var name: String? { finalName?.text }

    /// When the request began, in microseconds since 1970. Read once: pattern and name must agree.
    private(set) lazy var startTime = Clock.now() - (Clock.monotonic() - request.trace.start) / 1000
}
