internal import Glibc
internal import Synchronization

/// The kernel had no shared memory.
public struct SharedMemoryError: Error, CustomStringConvertible {
    public let bytes: Int
    public let code: Int32
    public var description: String { "no shared memory of \(bytes) bytes: \(String(cString: strerror(code)))" }
}

/// Counters in memory that a process shares with those it forks, so that all workers of a pool count together.
///
/// Each key has a place with the time at which its next use is due if all uses were spaced evenly (the generic cell rate
/// algorithm, ITU-T I.371): one number, changed by compare-and-swap, no locks. Places of keys whose time has passed are
/// taken by others. When all places that a key may have are in use, the one that is due first is taken: then its owner
/// may come a little more often, and nobody is refused who should not be.
public final class SharedRateCounters: RateCounters {
    private struct Place: ~Copyable {
        let key = Atomic<UInt64>(0)
        let due = Atomic<Int64>(0)
    }

    /// How many places are looked at for a key.
    private static let reach = 8
    private let count: Int
    private let memory: UnsafeMutableRawPointer
    private let places: UnsafeMutablePointer<Place>

    /// Makes the memory, before workers are forked.
    /// - Parameter capacity: keys that are counted at a time; 16 bytes each
    /// - Throws: `SharedMemoryError`
    public init(capacity: Int = 16_384) throws {
        count = max(Self.reach, capacity)
        let bytes = count * MemoryLayout<Place>.stride
        let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { throw SharedMemoryError(bytes: bytes, code: errno) }
        self.memory = memory
        // Fresh memory is zero, which is what a place begins with: nothing has to be written.
        places = memory.bindMemory(to: Place.self, capacity: count)
    }

    deinit { munmap(memory, count * MemoryLayout<Place>.stride) }

    public func use(key: UInt64, limit: RateLimit, now: Int64) -> Int64? {
        let key = max(1, key)
        let place = place(of: key, now: now)
        while true {
            let due = places[place].due.load(ordering: .acquiring)
            let from = max(due, now)
            if let wait = Self.wait(from, limit, now) { return wait }
            let exchange = places[place].due.compareExchange(
                expected: due, desired: from + limit.spacing, ordering: .acquiringAndReleasing)
            if exchange.exchanged { return nil }
        }
    }

    /// What `use` would answer, without counting.
    public func wait(key: UInt64, limit: RateLimit, now: Int64) -> Int64? {
        let key = max(1, key)
        let own = reachable(key).first { places[$0].key.load(ordering: .acquiring) == key }
        return own.flatMap { Self.wait(max(places[$0].due.load(ordering: .acquiring), now), limit, now) }
    }

    private static func wait(_ due: Int64, _ limit: RateLimit, _ now: Int64) -> Int64? {
        let tolerance = limit.spacing.multipliedReportingOverflow(by: Int64(limit.burst - 1)).partialValue
        return due - now > tolerance ? due - now - tolerance : nil
    }

    /// The places that a key may have.
    private func reachable(_ key: UInt64) -> [Int] {
        let start = Int(key % UInt64(count))
        return (0..<Self.reach).map { (start + $0) % count }
    }

    /// The key's own place, else one that is free, else the one that is due first.
    private func place(of key: UInt64, now: Int64) -> Int {
        let reachable = reachable(key)
        while true {
            if let own = reachable.first(where: { places[$0].key.load(ordering: .acquiring) == key }) { return own }
            let free = reachable.min {
                places[$0].due.load(ordering: .relaxed) < places[$1].due.load(ordering: .relaxed)
            }
            let taken = free ?? reachable[0]
            let (owner, due) = (places[taken].key.load(ordering: .acquiring), places[taken].due.load(ordering: .acquiring))
            // Another worker may take the place at the same time, for the same key even: whoever comes second looks again.
            guard owner != key,
                places[taken].key.compareExchange(expected: owner, desired: key, ordering: .acquiringAndReleasing).exchanged
            else { continue }
            // A time that has passed needs no change; one in the future is its former owner's, unless it was used meanwhile.
            if due > now {
                _ = places[taken].due.compareExchange(expected: due, desired: 0, ordering: .acquiringAndReleasing)
            }
            return taken
        }
    }
}
