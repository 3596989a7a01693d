import Glibc

/// Functions for the sampler to find. Never inlined, so that each has a frame of its own.
enum Work {
    /// Burns processor time of this thread.
    @inline(never)
    static func burn(milliseconds: Int) -> UInt64 {
        let end = threadTime() + Int64(milliseconds) * 1_000_000
        var state: UInt64 = 88_172_645_463_325_252
        while threadTime() < end { state = spin(state) }
        return state
    }

    @inline(never)
    static func spin(_ seed: UInt64) -> UInt64 {
        var state = seed
        for _ in 0..<2000 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
        }
        return state
    }

    /// Spends its time inside the C library, which keeps no frame pointers.
    @inline(never)
    static func copyMemory(milliseconds: Int) -> Int {
        let size = 1 << 20
        let (source, target) = (malloc(size)!, malloc(size)!)
        memset(source, 1, size)
        let end = threadTime() + Int64(milliseconds) * 1_000_000
        var sum = 0
        while threadTime() < end {
            memcpy(target, source, size)
            sum += strlenOf(target, size)
        }
        free(source)
        free(target)
        return sum
    }

    @inline(never)
    private static func strlenOf(_ memory: UnsafeMutableRawPointer, _ size: Int) -> Int {
        memchr(memory, 0, size) == nil ? size : 0
    }

    @inline(never)
    static func recurse(_ depth: Int, _ body: () throws -> Int) rethrows -> Int {
        if depth == 0 { return try body() }
        return try recurse(depth - 1, body) + 1
    }

    struct Refused: Error {}

    @inline(never)
    static func failing(_ depth: Int) throws -> Int {
        try recurse(depth) { throw Refused() }
    }

    static func threadTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
