import Synchronization

/// Several short texts in shared memory behind one sequence counter.
///
/// One process writes. The counter is odd while it does, so a reader that sees it odd, or changed after copying,
/// throws the copy away. A writer that dies in between leaves it odd: the text is skipped until the slot is cleared.
struct SharedText {
    /// `[sequence: 8][lengths: 2 × count][bytes]`
    private let base: UnsafeMutableRawPointer
    private let capacities: [Int]
    private let offsets: [Int]

    init(at base: UnsafeMutableRawPointer, capacities: [Int]) {
        self.base = base
        self.capacities = capacities
        var offset = 8 + 2 * capacities.count
        offsets = capacities.map { capacity in
            defer { offset += capacity }
            return offset
        }
    }

    static func size(_ capacities: [Int]) -> Int { 8 + 2 * capacities.count + capacities.reduce(0, +) }

    private var sequence: UnsafeMutablePointer<Atomic<UInt64>> { base.assumingMemoryBound(to: Atomic<UInt64>.self) }

    func clear() {
        sequence.pointee.store(0, ordering: .releasing)
        for field in capacities.indices { setLength(field, 0) }
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
    func put(_ field: Int, _ text: String) {
        var text = text
        text.withUTF8 { put(field, UnsafeRawBufferPointer($0)) }
    }

    private func put(_ field: Int, _ bytes: UnsafeRawBufferPointer) {
        let count = min(bytes.count, capacities[field])
        if count > 0, let source = bytes.baseAddress {
            (base + offsets[field]).copyMemory(from: source, byteCount: count)
        }
        setLength(field, count)
    }

    /// All texts as one consistent copy, or nil when every attempt met a writer.
    func read() -> [String]? {
        for _ in 0..<4 {
            let before = sequence.pointee.load(ordering: .acquiring)
            guard before & 1 == 0 else { continue }
            let texts = capacities.indices.map(text)
            atomicMemoryFence(ordering: .sequentiallyConsistent)
            if sequence.pointee.load(ordering: .relaxed) == before { return texts }
        }
        return nil
    }

    /// The stored length is another process's word: clamped before use. Invalid UTF-8 is repaired.
    private func text(_ field: Int) -> String {
        let stored = (base + 8 + 2 * field).loadUnaligned(as: UInt16.self)
        let count = min(Int(stored), capacities[field])
        return String(decoding: UnsafeRawBufferPointer(start: base + offsets[field], count: count), as: UTF8.self)
    }

    private func setLength(_ field: Int, _ count: Int) {
        (base + 8 + 2 * field).storeBytes(of: UInt16(count), as: UInt16.self)
    }
}
