import Synchronization

/// Several short texts in shared memory behind one sequence counter.
///
/// One process writes. The counter is odd while it does, so a reader that sees it odd, or changed after copying,
/// throws the copy away. A writer that dies in between leaves it odd: the text is skipped until the slot is cleared.
struct SharedText {
    /// `[sequence: 8][lengths: 2 × count][bytes]`
    private let base: UnsafeMutableRawPointer
    private let count: Int
    /// Field `i` may fill the bytes from `bounds[i]` to `bounds[i + 1]`. A vector rather than an array: a slot is then
    /// plain words, and writing one counts no references.
    private let bounds: SIMD8<UInt16>

    /// At most seven fields.
    init(at base: UnsafeMutableRawPointer, capacities: [Int]) {
        self.base = base
        count = capacities.count
        var bounds = SIMD8<UInt16>(repeating: UInt16(8 + 2 * capacities.count))
        for (field, capacity) in capacities.enumerated() { bounds[field + 1] = bounds[field] + UInt16(capacity) }
        self.bounds = bounds
    }

    static func size(_ capacities: [Int]) -> Int { 8 + 2 * capacities.count + capacities.reduce(0, +) }

    private var sequence: UnsafeMutablePointer<Atomic<UInt64>> { base.assumingMemoryBound(to: Atomic<UInt64>.self) }

    func clear() {
        sequence.pointee.store(0, ordering: .releasing)
        for field in 0..<count { setLength(field, 0) }
    }

    /// Runs `body`, whose `put` calls become visible together.
    @inline(__always)
    func write(_ body: () -> Void) {
        let before = sequence.pointee.load(ordering: .relaxed)
        sequence.pointee.store(before | 1, ordering: .relaxed)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        body()
        sequence.pointee.store((before | 1) &+ 1, ordering: .releasing)
    }

    /// Stores one text, cut to what fits. Only inside `write`.
    @inline(__always)
    func put(_ field: Int, _ text: String) {
        var text = text
        text.withUTF8 { put(field, $0) }
    }

    /// Stores one text that is at hand as UTF-8. Only inside `write`.
    @inline(__always)
    func put(_ field: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        let length = min(bytes.count, capacity(field))
        if length > 0, let source = bytes.baseAddress {
            (base + Int(bounds[field])).copyMemory(from: source, byteCount: length)
        }
        setLength(field, length)
    }

    @inline(__always)
    private func capacity(_ field: Int) -> Int { Int(bounds[field + 1] &- bounds[field]) }

    /// All texts as one consistent copy, or nil when every attempt met a writer.
    func read() -> [String]? {
        for _ in 0..<4 {
            let before = sequence.pointee.load(ordering: .acquiring)
            guard before & 1 == 0 else { continue }
            let texts = (0..<count).map(text)
            atomicMemoryFence(ordering: .sequentiallyConsistent)
            if sequence.pointee.load(ordering: .relaxed) == before { return texts }
        }
        return nil
    }

    /// The stored length is another process's word: clamped before use. Invalid UTF-8 is repaired.
    private func text(_ field: Int) -> String {
        let stored = (base + 8 + 2 * field).loadUnaligned(as: UInt16.self)
        let length = min(Int(stored), capacity(field))
        let start = base + Int(bounds[field])
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }

    @inline(__always)
    private func setLength(_ field: Int, _ count: Int) {
        (base + 8 + 2 * field).storeBytes(of: UInt16(count), as: UInt16.self)
    }
}
