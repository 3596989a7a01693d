import Synchronization

/// Counters of the pool that outlive its workers: those of the dead are carried, those of the living read.
struct Totals: Equatable {
    var requests: UInt64 = 0
    var accepted: UInt64 = 0
    var handedOver: UInt64 = 0
    var adopted: UInt64 = 0
    var connectionsTimedOut: UInt64 = 0
    var acceptFailures: UInt64 = 0
    var busyNanoseconds: UInt64 = 0

    /// Sums wrap: the numbers are a worker's word, and no word of a worker may trap the master.
    mutating func add(_ slot: Slot) {
        let numbers = slot.numbers
        requests &+= numbers.pointee.requests.load(ordering: .relaxed)
        accepted &+= numbers.pointee.accepted.load(ordering: .relaxed)
        handedOver &+= numbers.pointee.handedOver.load(ordering: .relaxed)
        adopted &+= numbers.pointee.adopted.load(ordering: .relaxed)
        connectionsTimedOut &+= numbers.pointee.connectionsTimedOut.load(ordering: .relaxed)
        acceptFailures &+= numbers.pointee.acceptFailures.load(ordering: .relaxed)
        busyNanoseconds &+= numbers.pointee.busyNanoseconds.load(ordering: .relaxed)
    }
}

/// What the master has counted itself.
struct MasterCounts: Equatable {
    /// By the words of the cause: `exit 1`, `SIGSEGV`, `recycled`, …
    var restarts: [String: Int] = [:]
    var requestTimeouts = 0
    var slowRequests = 0
    var queueHighWater = 0
    var allBusy = 0

    mutating func note(_ event: PoolEvent) {
        switch event {
        case .exited(_, let cause, let expected, _): restarts[expected ? "replaced" : cause.words, default: 0] += 1
        case .bootFailed: restarts["boot failure", default: 0] += 1
        case .requestTimedOut: requestTimeouts += 1
        case .slowRequest: slowRequests += 1
        default: break
        }
    }
}
