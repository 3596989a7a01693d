@testable import RoostProfiler

/// Samples what a closure does on this thread.
func sampled(
    hertz: UInt64 = 1000, clock: ProfilerSettings.Clock = .wall, depth: Int = 192, ringWords: Int = 1 << 18,
    _ body: () throws -> Void
) throws -> (samples: StackSamples, records: SampleRecords) {
    try Sampler.prepare(depth: depth, ringWords: ringWords)
    try Sampler.begin(clock, period: 1_000_000_000 / hertz)
    defer { Sampler.stop() }
    do {
        defer { Sampler.end() }
        try body()
    }
    let records = Sampler.records()
    let samples = StackSamples(records, period: Int64(1_000_000_000 / hertz), spans: [], symbolizer)
    return (samples, records)
}

/// One for all tests, which run one after the other: opening the tables takes the longest.
private nonisolated(unsafe) let symbolizer = Symbolizer()

extension StackSamples {
    /// Share of the time in stacks with a function whose name contains a text.
    func share(of function: String) -> Double {
        let hits = samples.filter { $0.stack.contains { frames[$0].name.contains(function) } }
        return Double(hits.reduce(0) { $0 + $1.weight }) / Double(max(1, total))
    }
}
