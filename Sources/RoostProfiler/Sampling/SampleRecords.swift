internal import CProfiler

/// The samples of one request as the signal handler stored them, oldest first.
struct SampleRecords: Sequence {
    let words: [UInt64]
    let counts: SampleCounts

    /// One sample: when, during what, for how many ticks, and the program counters from the inside out.
    struct Record {
        let time: UInt64
        let tag: UInt8
        let weight: Int
        let isMarked: Bool
        /// Deeper than the limit: the outermost frames are missing.
        let isTruncated: Bool
        /// The second address is that of arm64's link register; see `profiler_record_linked`.
        let isLinked: Bool
        let addresses: ArraySlice<UInt64>
    }

    func makeIterator() -> AnyIterator<Record> {
        var place = 0
        return AnyIterator {
            let head = Int(PROFILER_RECORD_HEAD)
            guard place + head <= words.count else { return nil }
            let word = words[place + 1]
            let end = Swift.min(words.count, place + head + Int(profiler_record_frames(word)))
            defer { place = end }
            return Record(
                time: words[place], tag: profiler_record_tag(word), weight: Int(profiler_record_weight(word)),
                isMarked: profiler_record_marked(word), isTruncated: profiler_record_truncated(word),
                isLinked: profiler_record_linked(word), addresses: words[(place + head)..<end])
        }
    }
}
