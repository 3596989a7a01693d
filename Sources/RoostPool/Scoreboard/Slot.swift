import Synchronization

/// One worker's place in shared memory. The worker writes, the master reads and believes nothing.
public struct Slot {
    /// Which slot, from 0.
    public let index: Int
    private let base: UnsafeMutableRawPointer
    private let request: SharedText
    private let sql: SharedText
    private let reason: SharedText

    /// One page for each slot: no two workers share a cache line, and slots never used cost nothing.
    static let size = 4096
    private static let requestAt = 256
    private static let sqlAt = 1280
    private static let reasonAt = 2560
    private static let requestFields = [16, 640, 160, 128]

    init(index: Int, at base: UnsafeMutableRawPointer) {
        self.index = index
        self.base = base
        request = SharedText(at: base + Self.requestAt, capacities: Self.requestFields)
        sql = SharedText(at: base + Self.sqlAt, capacities: [1200])
        reason = SharedText(at: base + Self.reasonAt, capacities: [1024])
    }

    @inline(__always)
    var numbers: UnsafeMutablePointer<SlotLayout> { base.assumingMemoryBound(to: SlotLayout.self) }

    // MARK: The worker's side. Programs reach it through `WorkerContext`, which keeps the deadlines in step.

    /// Says what the worker is doing.
    @inline(__always)
    func setPhase(_ phase: WorkerPhase) { numbers.pointee.phase.store(phase.rawValue, ordering: .relaxed) }

    /// Says which request runs. Texts are cut to 16, 640, 160 and 128 bytes.
    func describeRequest(method: String, path: String, endpoint: String, requestID: String) {
        request.write {
            request.put(0, method)
            request.put(1, path)
            request.put(2, endpoint)
            request.put(3, requestID)
        }
    }

    /// The same from bytes: UTF-8, which the reader repairs where it is not.
    func describeRequest(
        method: UnsafeBufferPointer<UInt8>, path: UnsafeBufferPointer<UInt8>, endpoint: UnsafeBufferPointer<UInt8>,
        requestID: UnsafeBufferPointer<UInt8>
    ) {
        request.write {
            request.put(0, method)
            request.put(1, path)
            request.put(2, endpoint)
            request.put(3, requestID)
        }
    }

    /// Says which statement runs; empty when it is done. Cut to 1200 bytes.
    func describeSQL(_ statement: String) { sql.write { sql.put(0, statement) } }

    /// Leaves the reason of a failed boot for the master's event.
    func describeFailure(_ text: String) { reason.write { reason.put(0, text) } }

    // MARK: The master's side

    /// Makes the slot empty for the next worker. Only while no worker owns it.
    func clear(generation: Int) {
        numbers.initialize(to: SlotLayout())
        numbers.pointee.generation.store(UInt64(generation), ordering: .relaxed)
        request.clear()
        sql.clear()
        reason.clear()
    }

    var failure: String { reason.read()?.first ?? "" }

    var phase: WorkerPhase { WorkerPhase(rawValue: numbers.pointee.phase.load(ordering: .relaxed)) ?? .idle }

    /// When the running request began; nil while none runs. A time in the future counts as now.
    func requestStartedAt(now: MonotonicTime) -> MonotonicTime? {
        let started = numbers.pointee.requestStartedAt.load(ordering: .relaxed)
        return started == 0 ? nil : min(MonotonicTime(nanoseconds: started), now)
    }

    /// The words of the running or last request; fields that could not be read whole stay empty.
    func evidence(now: MonotonicTime = .now) -> RequestEvidence {
        var evidence = RequestEvidence()
        evidence.phase = phase
        evidence.elapsed = requestStartedAt(now: now).map(now.since) ?? .zero
        if let texts = request.read() {
            evidence.method = texts[0]
            evidence.path = texts[1]
            evidence.endpoint = texts[2]
            evidence.requestID = texts[3]
        }
        evidence.sql = sql.read()?.first ?? ""
        return evidence
    }
}
