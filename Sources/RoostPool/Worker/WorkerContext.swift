import CRoost

/// What a program may ask and tell about the worker it runs in.
public final class WorkerContext {
    public let slot: Slot
    public let generation: Int
    public let pid: Int32
    /// What is spoken on the connection being served.
    public internal(set) var wire = ListenAddress.Wire.fastCGI
    private let bodyTimeout: UInt64

    init(slot: Slot, generation: Int, pid: Int32, bodyTimeout: Duration) {
        self.slot = slot
        self.generation = generation
        self.pid = pid
        self.bodyTimeout = bodyTimeout.nanoseconds
    }

    public var slotIndex: Int { slot.index }

    /// Whether this worker is leaving: answer and close rather than keep, when the protocol allows.
    public internal(set) var isStopping = false

    /// Whether the running request was cancelled because it passed its timeout.
    public var isCancelled: Bool { roost_serve_cancelled() }

    /// Says what the worker is doing, and sets how long the peer may take: `.reading` and `.writing` allow a pause of
    /// `bodyTimeout`, renewed by every call; all other phases wait for nobody.
    @inline(__always)
    public func setPhase(_ phase: WorkerPhase) {
        slot.setPhase(phase)
        let waits = phase == .reading || phase == .writing
        roost_serve_deadline(waits ? MonotonicTime.now.nanoseconds &+ bodyTimeout : 0)
    }

    /// The peer took or sent some bytes: it has `bodyTimeout` again.
    @inline(__always)
    public func madeProgress() { roost_serve_deadline(MonotonicTime.now.nanoseconds &+ bodyTimeout) }

    /// The request has been read; says which it is. The phase becomes `.view`.
    public func describeRequest(method: String, path: String, endpoint: String, requestID: String) {
        slot.describeRequest(method: method, path: path, endpoint: endpoint, requestID: requestID)
        setPhase(.view)
    }

    /// The same from bytes at hand as UTF-8: makes no String on the way.
    public func describeRequest(
        method: UnsafeBufferPointer<UInt8>, path: UnsafeBufferPointer<UInt8>, endpoint: UnsafeBufferPointer<UInt8>,
        requestID: UnsafeBufferPointer<UInt8>
    ) {
        slot.describeRequest(method: method, path: path, endpoint: endpoint, requestID: requestID)
        setPhase(.view)
    }

    /// The statement that runs now; empty when it is done.
    public func describeSQL(_ statement: String) { slot.describeSQL(statement) }

    /// What to call when the running request passes its timeout, until the request ends.
    ///
    /// Called inside a signal handler: the hook may use async-signal-safe functions alone (`PQcancel` is one).
    public func onCancel(
        _ hook: (@convention(c) (UnsafeMutableRawPointer?) -> Void)?, _ argument: UnsafeMutableRawPointer? = nil
    ) {
        roost_cancel_hook(hook, argument)
    }
}
