import CRoost
import Glibc
import Synchronization

/// The loop inside one worker process: wait for whatever speaks first, serve one request, repeat.
///
/// It costs one `epoll_pwait` for each batch of ready connections beyond what serving costs, and allocates nothing.
final class Worker {
    /// Connections one worker holds at most. At the bound it accepts and adopts no more, and every second closes
    /// those that cannot miss it: see `evict`.
    static let heldBound = Int(ROOST_HELD_MOST)
    static let acceptPause = Duration.milliseconds(100)

    let settings: PoolSettings
    let program: any WorkerProgram
    let context: WorkerContext
    let scoreboard: Scoreboard
    let wiring: Wiring
    let fixed: Int
    private let wires: [ListenAddress.Wire]
    private let requestsUntilRecycle: UInt64
    private var accepting = true
    private var acceptResumesAt = MonotonicTime(nanoseconds: 0)
    private var nextHousekeeping = MonotonicTime(nanoseconds: 0)
    private var now = MonotonicTime.now

    var numbers: UnsafeMutablePointer<SlotLayout> { context.slot.numbers }
    var heldCount: Int { Int(roost_held_count()) }

    /// The descriptors a worker inherits.
    struct Wiring {
        let listeners: [Listener]
        let parentPipe: Int32
        let queueRead: Int32
        let queueWrite: Int32
        let notice: Int32
    }

    init(
        settings: PoolSettings, program: any WorkerProgram, context: WorkerContext, scoreboard: Scoreboard,
        wiring: Wiring
    ) {
        self.settings = settings
        self.program = program
        self.context = context
        self.scoreboard = scoreboard
        self.wiring = wiring
        wires = wiring.listeners.map(\.address.wire)
        // The order is part of the contract with CRoost: listeners come third.
        _ = roost_fixed_add(wiring.parentPipe)
        _ = roost_fixed_add(wiring.queueRead)
        for listener in wiring.listeners { _ = roost_fixed_add(listener.descriptor) }
        fixed = Int(roost_fixed_count())
        let jitter = settings.maxRequestsJitter > 0 ? Int.random(in: 0...settings.maxRequestsJitter) : 0
        requestsUntilRecycle = settings.maxRequests > 0 ? UInt64(settings.maxRequests + jitter) : .max
    }

    /// Serves until the master or a signal ends it. The program has booted.
    func serve() {
        context.slot.setPhase(.idle)
        while !roost_stop_requested(), !roost_orphaned() {
            if roost_take_reopen_request() { program.reopenLogs() }
            let ready = roost_wait(accepting || heldCount >= Self.heldBound ? 1000 : 100)
            now = .now
            if ready > 0 { handleReady() }
            if now >= nextHousekeeping { keepHouse() }
        }
        leave()
    }

    // MARK: One batch

    /// Takes connections before it serves: a newcomer has woken this worker alone, and what it holds while it serves
    /// goes to the others when a view takes long. Those that wait are served first.
    private func handleReady() {
        takeNewcomers(watched: false, where: roost_fixed_spoke)
        let busySince = now
        serveReady(busySince)
        serveNewcomers(busySince)
        if roost_fixed_spoke(0) { masterDied() }
        if heldCount >= Self.heldBound { setAccepting(false) }
    }

    @inline(__always)
    private func takeNewcomers(watched: Bool, where waits: (Int32) -> Bool) {
        if waits(1) { adopt(watched: watched) }
        for index in 2..<fixed where waits(Int32(index)) { acceptOne(index, watched: watched) }
    }

    /// Serves each connection that spoke, once. What the timer hands over meanwhile has lost its place.
    private func serveReady(_ busySince: MonotonicTime) {
        for number in 0..<roost_ready_count() {
            let place = roost_ready_place(number)
            guard place >= 0 else { continue }
            var about = roost_held()
            let descriptor = roost_held_take(place, &about)
            if roost_ready_gone(number, descriptor) {
                roost_held_close(place)
            } else {
                serveOne(place, descriptor, about, busySince)
            }
        }
    }

    private func serveNewcomers(_ busySince: MonotonicTime) {
        while case let place = roost_newcomer_place(), place >= 0 {
            var about = roost_held()
            let descriptor = roost_held_take(place, &about)
            serveOne(place, descriptor, about, busySince)
        }
    }

    private func serveOne(_ place: Int32, _ descriptor: Int32, _ about: roost_held, _ busySince: MonotonicTime) {
        let slot = numbers
        slot.pointee.phase.store(WorkerPhase.reading.rawValue, ordering: .relaxed)
        slot.pointee.requestStartedAt.store(now.nanoseconds, ordering: .relaxed)
        context.wire = wires[Int(about.listener) % wires.count]
        roost_serve_begin(descriptor, now.nanoseconds, busySince.nanoseconds)
        let state = program.serve(descriptor, context)
        roost_serve_end()
        let began = now
        now = .now
        slot.pointee.requestStartedAt.store(0, ordering: .relaxed)
        slot.pointee.phase.store(
            context.isStopping ? WorkerPhase.stopping.rawValue : WorkerPhase.idle.rawValue, ordering: .relaxed)
        add(now.since(began).nanoseconds, to: numbers.pointee.busyNanoseconds)
        if roost_serve_timed_out() { add(1, to: numbers.pointee.connectionsTimedOut) }
        switch state {
        case .closed: roost_held_forget(place)
        case .keep where context.isStopping: roost_held_close(place)
        case .keep:
            roost_held_keep(place, now.nanoseconds)
            if about.silent { roost_fixed_yield(2 + Int32(about.listener)) }
        }
        countRequest()
    }

    private func countRequest() {
        let requests = numbers.pointee.requests.load(ordering: .relaxed) &+ 1
        numbers.pointee.requests.store(requests, ordering: .relaxed)
        guard requests == requestsUntilRecycle else { return }
        // Goes on serving: the master starts the replacement first, then asks this worker to leave.
        numbers.pointee.wantsRecycle.store(1, ordering: .releasing)
        notify()
    }

    /// Wakes the master; it then reads the slots. A full pipe means that it is awake already.
    func notify() {
        var byte: UInt8 = 0
        _ = write(wiring.notice, &byte, 1)
    }

    // MARK: Taking connections

    /// Takes one connection that a busy worker gave away.
    @discardableResult
    private func adopt(watched: Bool = true) -> Bool {
        guard heldCount < Self.heldBound else { return false }
        var tag: UInt8 = 0
        let descriptor = roost_queue_take(wiring.queueRead, &tag)
        guard descriptor >= 0 else { return false }
        hold(descriptor, listener: tag & 0x7F, silent: tag & 0x80 != 0, watched)
        roost_fixed_yield(1)
        add(1, to: numbers.pointee.adopted)
        return true
    }

    /// Accepts one: an idle worker takes a second one only after the others had their chance.
    @discardableResult
    private func acceptOne(_ index: Int, watched: Bool = true) -> Bool {
        guard heldCount < Self.heldBound else { return false }
        let descriptor = roost_accept(roost_fixed_descriptor(Int32(index)), 0)
        if descriptor >= 0 {
            hold(descriptor, listener: UInt8(index - 2), silent: true, watched)
            add(1, to: numbers.pointee.accepted)
        } else if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
            // Retrying at once would spin: the connection stays readable until a descriptor is free.
            add(1, to: numbers.pointee.acceptFailures)
            setAccepting(false)
            acceptResumesAt = now + Self.acceptPause
            nextHousekeeping = acceptResumesAt
        }
        return descriptor >= 0
    }

    private func hold(_ descriptor: Int32, listener: UInt8, silent: Bool, _ watched: Bool) {
        let about = roost_held(since: now.nanoseconds, listener: listener, silent: silent)
        if roost_held_add(descriptor, about, watched) < 0 { close(descriptor) }
    }

    /// Switches the listeners on or off, and the hand-over queue as well: without a free descriptor the kernel would
    /// drop what is taken from it.
    private func setAccepting(_ on: Bool) {
        accepting = on
        for index in 1..<fixed { roost_fixed_switch(Int32(index), on) }
    }

    // MARK: Once a second

    private func keepHouse() {
        nextHousekeeping = now + (accepting ? .seconds(1) : Self.acceptPause)
        numbers.pointee.heartbeat.store(now.nanoseconds, ordering: .relaxed)
        numbers.pointee.held.store(UInt64(heldCount), ordering: .relaxed)
        numbers.pointee.handedOver.store(roost_passed(), ordering: .relaxed)
        if heldCount >= Self.heldBound { evict() }
        // A newcomer wakes one worker alone, and that one may have died of it.
        if accepting { takeNewcomers(watched: true) { _ in true } }
        if !accepting, now >= acceptResumesAt, heldCount < Self.heldBound { setAccepting(true) }
    }

    /// At the bound, one connection in sixteen makes room, the oldest first: silent ones past `headerTimeout`,
    /// then kept ones idle for a second or more. One in use is never that old.
    private func evict() {
        let silentBefore = MonotonicTime(nanoseconds: now.nanoseconds &- settings.headerTimeout.nanoseconds)
        let idleBefore = MonotonicTime(nanoseconds: now.nanoseconds &- 1_000_000_000)
        for _ in 0..<Self.heldBound / 16 {
            guard let place = oldest(silent: true, silentBefore) ?? oldest(silent: false, idleBefore) else { return }
            roost_held_close(place)
            add(1, to: numbers.pointee.connectionsTimedOut)
        }
    }

    private func oldest(silent: Bool, _ before: MonotonicTime) -> Int32? {
        var oldest: Int32?
        var since = before.nanoseconds
        var about = roost_held()
        for place in 0..<roost_held_top() where roost_held_about(place, &about) {
            guard about.silent == silent, about.since < since else { continue }
            oldest = place
            since = about.since
        }
        return oldest
    }

    // MARK: Leaving

    private func masterDied() {
        kill(getpid(), SIGALRM)  // its handler closes the listeners, as it does when a view runs
        roost_fixed_switch(0, false)
    }

    /// Leaves without failing a request: gives the connections away while others serve on, or serves what has
    /// reached the pool when the whole pool stops.
    private func leave() {
        context.slot.setPhase(.stopping)
        let poolEnds = scoreboard.isStopping || roost_orphaned()
        if !poolEnds {
            // What woke this worker alone goes to the others with the rest.
            if accepting { takeNewcomers(watched: true) { _ in true } }
            giveAway()
        }
        roost_fixed_switch(0, false)
        if poolEnds { setAccepting(true) } else { setAccepting(false) }
        context.isStopping = true
        if poolEnds || heldCount > 0 { drain() }
        var about = roost_held()
        for place in 0..<roost_held_top() where roost_held_about(place, &about) { roost_held_close(place) }
        numbers.pointee.handedOver.store(roost_passed(), ordering: .relaxed)
    }

    /// The queue may be full for a moment while all others are busy.
    private func giveAway() {
        let end = MonotonicTime.now + .seconds(1)
        while heldCount > 0 {
            roost_held_pass_all()
            if heldCount == 0 || .now > end { return }
            usleep(1000)
        }
    }

    /// Serves until nothing has spoken for a quiet period. Every connection served is closed, so this ends.
    private func drain() {
        let end = MonotonicTime.now + settings.gracefulTimeout
        while MonotonicTime.now < end {
            let ready = roost_wait(Int32(settings.quietPeriod.milliseconds))
            if ready == 0 { return }
            now = .now
            guard ready > 0 else { continue }
            serveReady(now)
            if roost_fixed_spoke(1) { while adopt() {} }
            for index in 2..<fixed where roost_fixed_spoke(Int32(index)) { drainListener(index) }
        }
    }

    /// Accepts what waits now. A Unix socket has no path any more, so nothing new can come; on others new connections
    /// are left to the next pool.
    private func drainListener(_ index: Int) {
        while acceptOne(index) {}
        if wiring.listeners[index - 2].path == nil { roost_fixed_switch(Int32(index), false) }
    }

    /// A field has one writer, so a load and a store do.
    @inline(__always)
    private func add(_ amount: UInt64, to counter: borrowing Atomic<UInt64>) {
        counter.store(counter.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
