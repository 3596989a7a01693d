internal import CProfiler
internal import Glibc

/// Samples the stack of the calling thread while a request runs. One to a process: a worker has one thread.
struct Sampler {
    /// 2 MB of addresses; the pages are taken as they are written.
    private static let ringWords = 1 << 18

    /// Makes the ring and lists the code that is loaded now.
    /// - Parameter depth: frames kept of a stack, from the inside out.
    /// - Throws: `SamplerError` when the kernel refuses.
    static func prepare(depth: Int, ringWords: Int = ringWords) throws(SamplerError) {
        try check(profiler_prepare(ringWords, Int32(depth)), "preparing the sampler")
    }

    /// The samples of the calling thread count from here on.
    static func begin(_ clock: ProfilerSettings.Clock, period: UInt64) throws(SamplerError) {
        try check(profiler_begin(clock == .cpu, period), "starting the sampling timer")
    }

    @inline(__always)
    static func end() { profiler_end() }

    /// Deletes the timer; the next `begin` makes another.
    static func stop() { profiler_stop() }

    /// Whether the timer runs. It stops by itself at the first tick outside a request.
    static var isTicking: Bool { profiler_is_ticking() }

    /// Marks every so manieth sample, for the continuous profile; 0 marks none.
    static func markEvery(_ ticks: Int) { profiler_mark_every(UInt32(clamping: ticks)) }

    @inline(__always)
    static func setTag(_ tag: UInt8) { profiler_set_tag(tag) }

    /// What was sampled since the last `begin`.
    static func records() -> SampleRecords {
        let counts = profiler_read_counts()
        let words = [UInt64](unsafeUninitializedCapacity: Int(counts.words)) { buffer, count in
            if let start = buffer.baseAddress, !buffer.isEmpty { profiler_copy(start) }
            count = Int(counts.words)
        }
        return SampleRecords(words: words, counts: SampleCounts(counts))
    }

    private static func check(_ code: Int32, _ what: String) throws(SamplerError) {
        guard code == 0 else { throw SamplerError(what: what, code: code) }
    }
}

/// Why no samples can be taken.
struct SamplerError: Error, CustomStringConvertible {
    let what: String
    let code: Int32
    var description: String { "\(what): \(String(cString: strerror(code)))" }
}

/// What the sampler counted during one request: its own cost, and what it lost.
struct SampleCounts: Equatable {
    var samples = 0
    /// Samples that newer ones displaced from the ring.
    var lost = 0
    /// Ticks that passed while one was pending; the sample after them stands for them too.
    var overruns = 0
    /// Stacks deeper than the limit.
    var truncated = 0
    /// Nanoseconds spent in the signal handler.
    var handler = 0
    var handlerLongest = 0
}

extension SampleCounts {
    fileprivate init(_ counts: profiler_counts) {
        samples = Int(counts.samples)
        lost = Int(counts.lost)
        overruns = Int(counts.overruns)
        truncated = Int(counts.truncated)
        handler = Int(counts.handler_ns)
        handlerLongest = Int(counts.handler_longest_ns)
    }
}
