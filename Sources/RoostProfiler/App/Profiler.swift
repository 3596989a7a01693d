internal import Glibc
internal import Logging
public import Roost

/// Samples the requests of a worker and writes the profiles that are worth keeping, after the response.
///
/// A request costs two stores and, when the worker was idle before, one system call; each tick of the timer about a
/// microsecond. What is kept is worked out after the response has been sent.
public final class Profiler: RequestObserver {
    public let settings: ProfilerSettings
    /// Names the user of a request, for tokens that are for one user alone; that of the login by default. Called when
    /// the request is over: what it looks at does not change the response.
    public var userOf: (Request) -> String? = { $0.peekedUserID }
    /// Whether `writePending` is called once the web server has the whole answer. Otherwise profiles are written by
    /// the hook after the response.
    public var writesWhenAsked = false
    /// Profiles that were worth keeping and are not there: over the limit of a minute, or not written for an error.
    public private(set) var dropped = 0

    let symbolizer = Symbolizer()
    let continuous: ContinuousProfile?
    private let folder: ProfileFolder?
    private var active: ActiveProfile?
    private var spare: ActiveProfile?
    private var activeRequest: ObjectIdentifier?
    private var pending: (exchange: Exchange, profile: ActiveProfile, isOpen: Bool)?
    private var sequence = 0
    private var pid: Int32 = 0
    private var isBroken = false
    private let rule: KeepRule
    private let tokens: TokenCheck?
    private var limiter: MinuteLimiter
    private var complaints = MinuteLimiter(most: 1)

    init(_ settings: ProfilerSettings) {
        self.settings = settings
        folder = settings.folder.map { ProfileFolder($0) }
        continuous = settings.continuous > 0 ? ContinuousProfile(hertz: settings.continuousHertz) : nil
        limiter = MinuteLimiter(most: settings.maxPerMinute)
        rule = KeepRule(settings: settings)
        tokens = TokenCheck(settings)
        symbolizer.openTables()
    }

    // MARK: One request

    public func began(_ request: Request) {
        if pending != nil { writePending() }
        let token = token(of: request)
        guard !isBroken, let period = period(token) else { return }
        if pid == 0, !prepare(request) { return }
        sequence += 1
        let profile = freshProfile(request)
        profile.restart(for: request, sequence: sequence, token: token, period: period)
        do {
            try Sampler.begin(settings.clock, period: period)
        } catch {
            return giveUp(error, request)
        }
        active = profile
        activeRequest = ObjectIdentifier(request)
        request.trace.profile = profile
    }

    public func ended(_ exchange: Exchange) {
        guard let profile = active, activeRequest == ObjectIdentifier(exchange.request) else { return }
        Sampler.end()
        (active, activeRequest) = (nil, nil)
        for reason in rule.reasons(exchange, hasToken: isFor(exchange.request, profile.token)) {
            profile.keep(because: reason)
        }
        nameIfKept(exchange, profile)
        // Who writes records at the end of a request may still ask for it.
        let isOpen = settings.mode == .slow && profile.reasons.isEmpty
        if profile.finalName != nil || continuous != nil || isOpen { pending = (exchange, profile, isOpen) }
    }

    /// Writes what the last request left to write. Call it when the answer has left.
    public func writePending() {
        guard let (exchange, profile, _) = pending else { return }
        pending = nil
        guard profile.finalName != nil || continuous != nil else { return }
        let records = Sampler.records()
        if let continuous { collect(records, exchange, profile, continuous) }
        guard let name = profile.finalName else { return }
        let start = Clock.monotonic()
        let samples = StackSamples(
            records, period: Int64(profile.period), spans: exchange.request.trace.spans, symbolizer)
        let kept = KeptProfile(
            exchange: exchange, name: name, reasons: profile.reasons, counts: records.counts, samples: samples,
            symbolsTook: Clock.monotonic() - start, settings: settings)
        if settings.printsTables { kept.printTable() }
        do {
            if let folder { try kept.write(to: folder) }
        } catch {
            dropped += 1
            complain("a profile was not written", error, exchange.request)
        }
        if settings.mode == .slow { warn(exchange, profile) }
    }

    /// Writes what has been collected continuously. Call it before the worker ends.
    public func flush(_ app: App) {
        writePending()
        guard let continuous, let folder else { return }
        do {
            try continuous.flush(to: folder, symbolizer)
            try folder.enforce(settings.quota)
        } catch {
            dropped += 1
            complain("the continuous profile was not written", error, app: app)
        }
    }

    // MARK: Deciding

    /// Whether a request that runs can still be kept, for logs that name its profile.
    func mayKeep(_ request: Request, _ token: ProfileToken?) -> Bool {
        let hasToken = token.map { $0.user == nil } ?? false
        return rule.allows(request, token) && (!isLimited(hasToken: hasToken) || limiter.hasRoom())
    }

    /// Somebody asks after the request has ended: a record of what it repeated.
    func wasAskedToKeep(_ profile: ActiveProfile) {
        guard let pending, pending.isOpen, pending.profile === profile else { return }
        self.pending?.isOpen = false
        nameIfKept(pending.exchange, profile)
    }

    /// A flood of slow requests must not fill the disk; who asks with a token gets the profile.
    private func isLimited(hasToken: Bool) -> Bool { settings.mode == .slow && !hasToken }

    private func nameIfKept(_ exchange: Exchange, _ profile: ActiveProfile) {
        let request = exchange.request
        guard rule.suffices(profile.reasons), rule.allows(request, profile.token) else { return }
        let hasToken = profile.reasons.contains { $0.kind == .token }
        guard !isLimited(hasToken: hasToken) || limiter.allows() else {
            dropped += 1
            return
        }
        profile.finalName = ProfileName(
            start: profile.startTime, endpoint: request.endpoint, nanoseconds: exchange.nanoseconds, pid: profile.pid,
            sequence: profile.sequence)
    }

    /// Nanoseconds between samples for a request; nil when it is not sampled.
    private func period(_ token: ProfileToken?) -> UInt64? {
        switch settings.mode {
        case .slow, .all: settings.period
        case .signed where token != nil: settings.period
        case .signed, .off: continuous.map { UInt64($0.period) }
        }
    }

    /// Whether a token is for the user of a request.
    private func isFor(_ request: Request, _ token: ProfileToken?) -> Bool {
        guard let token else { return false }
        guard let user = token.user, userOf(request) != user else { return true }
        refused(.otherUser, request)
        return false
    }

    // MARK: Parts

    /// The profile object of the last request when nobody holds it any more, or else a new one.
    private func freshProfile(_ request: Request) -> ActiveProfile {
        if spare != nil, isKnownUniquelyReferenced(&spare), let spare { return spare }
        let profile = ActiveProfile(of: request, pid: pid, profiler: self)
        spare = profile
        return profile
    }

    /// The token a request carries, when it is valid for its path.
    private func token(of request: Request) -> ProfileToken? {
        do {
            return try tokens?.token(of: request)
        } catch let refusal as ProfileToken.Refusal {
            refused(refusal, request)
        } catch {
            complain("tokens cannot be checked", error, request)
        }
        return nil
    }

    private func refused(_ refusal: ProfileToken.Refusal, _ request: Request) {
        request.app.logger.debug(
            "profile token refused", metadata: ["reason": "\(refusal)", "request_id": "\(request.requestID)"])
    }

    /// In the worker, after the fork: the ring, the handler, the images loaded by now.
    private func prepare(_ request: Request) -> Bool {
        do {
            try Sampler.prepare(depth: settings.depth)
        } catch {
            giveUp(error, request)
            return false
        }
        // Every tick, when the timer runs for the continuous profile alone.
        if let continuous { Sampler.markEvery(settings.samplesEverything ? settings.hertz / continuous.hertz : 1) }
        pid = getpid()
        return true
    }

    private func collect(
        _ records: SampleRecords, _ exchange: Exchange, _ profile: ActiveProfile, _ continuous: ContinuousProfile
    ) {
        // A request sampled at another rate than the others, by a token in mode `signed`, would count too much.
        let isSpecial = settings.mode == .signed && profile.token != nil
        if !isSpecial { continuous.add(records, endpoint: exchange.request.endpoint ?? "none") }
        if continuous.isDue() { flush(exchange.request.app) }
    }

    private func giveUp(_ error: any Error, _ request: Request) {
        isBroken = true
        request.app.logger.error("requests are not profiled any more", metadata: ["reason": "\(error)"])
    }

    private func warn(_ exchange: Exchange, _ profile: ActiveProfile) {
        let request = exchange.request
        request.app.logger.warning(
            "request profiled",
            metadata: [
                "reason": "\(profile.reasons.map(\.text).joined(separator: ", "))", "profile": "\(profile.name ?? "")",
                "ms": "\(exchange.nanoseconds / 1_000_000)", "endpoint": "\(request.endpoint ?? "none")",
                "request_id": "\(request.requestID)",
            ])
    }

    /// Once a minute: a full disk would fill the log too.
    private func complain(_ what: String, _ error: any Error, _ request: Request) {
        complain(what, error, app: request.app)
    }

    private func complain(_ what: String, _ error: any Error, app: App) {
        guard complaints.allows() else { return }
        app.logger.error("\(what)", metadata: ["reason": "\(error)", "dropped": "\(dropped)"])
    }
}
