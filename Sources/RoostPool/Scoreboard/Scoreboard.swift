import CRoost
import Glibc
import Synchronization

/// Fixed slots in memory shared by the master and its workers. No locks and no pointers inside.
///
/// A memfd, so that it can outlive the master's program in an in-place upgrade. It lives as long as the process.
public struct Scoreboard {
    public let descriptor: Int32
    public let slotCount: Int
    private let base: UnsafeMutableRawPointer

    /// Makes the memory, all zero. Throws `SystemError` when the kernel refuses.
    public init(slotCount: Int) throws {
        let size = Slot.size * (slotCount + 1)
        let descriptor = roost_memory("roost-scoreboard")
        guard descriptor >= 0 else { throw SystemError("memfd_create") }
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw SystemError("ftruncate of the scoreboard") }
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let memory, memory != MAP_FAILED else { throw SystemError("mmap of the scoreboard") }
        self.descriptor = descriptor
        self.slotCount = slotCount
        base = memory
        pool.initialize(to: PoolLayout())
        pool.pointee.slotCount.store(UInt64(slotCount), ordering: .relaxed)
    }

    /// The slot of this index, which must be below `slotCount`.
    public func slot(_ index: Int) -> Slot {
        precondition((0..<slotCount).contains(index), "slot \(index) of \(slotCount)")
        return Slot(index: index, at: base + Slot.size * (index + 1))
    }

    private var pool: UnsafeMutablePointer<PoolLayout> { base.assumingMemoryBound(to: PoolLayout.self) }

    /// Whether the whole pool is stopping: workers then finish what has reached it instead of handing it over.
    var isStopping: Bool {
        get { pool.pointee.stopping.load(ordering: .acquiring) != 0 }
        nonmutating set { pool.pointee.stopping.store(newValue ? 1 : 0, ordering: .releasing) }
    }
}
