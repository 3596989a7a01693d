/// The samples of one request with their frames resolved, in order of time.
struct StackSamples {
    struct Sample {
        /// Nanoseconds of the monotonic clock.
        let time: Int64
        /// Nanoseconds it stands for.
        let weight: Int64
        /// What the request did then: a raw value of `RequestPhase`.
        let phase: Int
        /// Numbers of frames, outermost first.
        let stack: [Int]
    }

    var frames: [Frame]
    var samples: [Sample]
    /// Nanoseconds between two ticks.
    let period: Int64
    /// Stacks that could not be followed to the thread's first function.
    let unrooted: Int

    /// Time that the samples stand for, in nanoseconds.
    var total: Int64 { samples.reduce(0) { $0 + $1.weight } }
    var stacks: WeightedStacks {
        WeightedStacks(frames: frames, stacks: samples.map { ($0.stack, $0.weight) })
    }
}

extension StackSamples {
    /// Resolves what the sampler recorded and puts the request's spans into the stacks.
    init(_ records: SampleRecords, period: Int64, spans: [SpanFrames.Span], _ symbolizer: Symbolizer) {
        let spanFrames = SpanFrames(spans, symbolizer)
        var samples: [Sample] = []
        var unrooted = 0
        samples.reserveCapacity(records.counts.samples)
        for record in records {
            var stack = symbolizer.stack(of: record.addresses, isLinked: record.isLinked)
            if record.isTruncated {
                stack.insert(symbolizer.intern(.truncated), at: 0)
            } else if !Self.isRooted(stack, symbolizer.frames) {
                unrooted += 1
                stack.insert(symbolizer.intern(.unrooted), at: 0)
            }
            spanFrames.insert(into: &stack, at: Int64(record.time), symbolizer.frames)
            samples.append(
                Sample(
                    time: Int64(record.time), weight: Int64(record.weight) * period, phase: Int(record.tag),
                    stack: stack))
        }
        self.init(frames: symbolizer.frames, samples: samples, period: period, unrooted: unrooted)
    }

    private static func isRooted(_ stack: [Int], _ frames: [Frame]) -> Bool {
        // The C library's own first functions have no symbols in most distributions.
        if stack.count > 1, let first = stack.first, frames[first].module == "libc" { return true }
        return stack.prefix(8).contains { roots.contains(frames[$0].name) }
    }

    /// The first functions of a thread.
    private static let roots: Set<String> = [
        "main", "_start", "start_thread", "clone", "clone3", "thread_start", "__libc_start_main",
        "__libc_start_call_main",
    ]
}
