import Synchronization

/// The numbers of one slot. Each has one writer: the worker that owns the slot (the master writes `pid` and
/// `generation`, and clears the rest while no worker owns the slot).
///
/// 128-byte alignment of the slot itself comes from its page; see `Scoreboard`.
struct SlotLayout: ~Copyable {
    let pid = Atomic<UInt64>(0)
    let generation = Atomic<UInt64>(0)
    let phase = Atomic<UInt64>(0)
    let ready = Atomic<UInt64>(0)
    let wantsRecycle = Atomic<UInt64>(0)
    let requests = Atomic<UInt64>(0)
    let accepted = Atomic<UInt64>(0)
    /// Monotonic nanoseconds; 0 while no request runs.
    let requestStartedAt = Atomic<UInt64>(0)
    let busyNanoseconds = Atomic<UInt64>(0)
    let bootedAt = Atomic<UInt64>(0)
    let heartbeat = Atomic<UInt64>(0)
    let handedOver = Atomic<UInt64>(0)
    let adopted = Atomic<UInt64>(0)
    let held = Atomic<UInt64>(0)
    /// Accepts refused for want of descriptors.
    let acceptFailures = Atomic<UInt64>(0)
    /// Connections shut down because a request or its reader was too slow.
    let connectionsTimedOut = Atomic<UInt64>(0)
}

/// The numbers of the pool, written by the master alone.
struct PoolLayout: ~Copyable {
    let slotCount = Atomic<UInt64>(0)
    let stopping = Atomic<UInt64>(0)
}
