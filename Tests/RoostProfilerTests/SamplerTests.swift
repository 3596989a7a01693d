import Foundation
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("The sampler")
    struct SamplerTests {
        @Test("finds the function that burns the time, and its callers")
        func hotFunction() throws {
            let (samples, _) = try sampled { _ = Work.burn(milliseconds: 300) }
            #expect(samples.samples.count > 100)
            #expect(samples.share(of: "burn") > 0.8, "\(TreeText.text(samples.stacks))")
            let rows = FunctionTable(samples.stacks, order: .cumulative).rows
            let burn = try #require(rows.first { $0.frame.name.contains("burn") })
            #expect(burn.frame.module == "RoostProfilerTests")
            #expect(burn.frame.kind == .own)
        }

        @Test("follows stacks out of the C library to the thread's first function")
        func libraryLeaves() throws {
            let (samples, _) = try sampled { _ = Work.copyMemory(milliseconds: 300) }
            let leaves = samples.samples.filter { $0.stack.last.map { samples.frames[$0].module == "libc" } ?? false }
            #expect(leaves.count > 50, "the test must have hit the C library")
            let rooted = leaves.filter { $0.stack.contains { samples.frames[$0].name.contains("copyMemory") } }
            #expect(Double(rooted.count) > 0.9 * Double(leaves.count))
            #expect(Double(samples.unrooted) < 0.1 * Double(samples.samples.count))
        }

        @Test("takes no samples of waiting with the processor's clock, and does with the wall clock")
        func clocks() throws {
            let wall = try sampled(clock: .wall) { pause(milliseconds: 200) }
            #expect(wall.samples.total > 100_000_000)
            let cpu = try sampled(clock: .cpu) { pause(milliseconds: 200) }
            #expect(cpu.samples.total < 50_000_000)
            let burning = try sampled(clock: .cpu) { _ = Work.burn(milliseconds: 400) }
            #expect(burning.samples.share(of: "burn") > 0.8)
        }

        @Test("survives 20,000 samples a second of deep recursion, errors and files")
        func stress() throws {
            let (samples, records) = try sampled(hertz: 20_000, depth: 64) {
                let end = Work.threadTime() + 400_000_000
                while Work.threadTime() < end {
                    for depth in [1, 10, 100, 1000] {
                        _ = Work.recurse(depth) { 1 }
                        _ = try? Work.failing(depth)
                    }
                    try withFolder { folder in
                        try SystemFile.makeFolder(folder)
                        try SystemFile.writeAtomically([UInt8](repeating: 7, count: 10_000), to: folder + "/a")
                        #expect(try SystemFile.read(folder + "/a").count == 10_000)
                    }
                }
            }
            #expect(records.counts.samples > 500)
            #expect(records.counts.truncated > 0, "1,000 levels are more than 64 frames")
            #expect(samples.samples.count + records.counts.lost == records.counts.samples)
            #expect(samples.share(of: "recurse") > 0.01)
        }

        @Test("a stack that was cut, or could not be followed, says so at its root")
        func marked() throws {
            let (samples, records) = try sampled(hertz: 2000, depth: 32) {
                let end = Work.threadTime() + 100_000_000
                while Work.threadTime() < end { _ = Work.recurse(200) { Int(Work.spin(1) & 1) } }
            }
            #expect(records.counts.truncated > 10)
            let cut = samples.samples.filter { samples.frames[$0.stack[0]] == .truncated }
            #expect(cut.count == records.counts.truncated)
            #expect(cut.allSatisfy { $0.stack.count == 33 || samples.frames[$0.stack[1]].isThunk == false })
            let lost = SampleRecords(words: [0, 1 << 32 | 1 << 16, 1], counts: SampleCounts(samples: 1))
            let unknown = StackSamples(lost, period: 1, spans: [], Symbolizer())
            #expect(unknown.unrooted == 1)
            #expect(unknown.frames[unknown.samples[0].stack[0]] == .unrooted)
        }

        @Test("a link register that points into the function itself is no caller of it")
        func linkRegister() throws {
            let symbolizer = Symbolizer()
            // Two places in one function, as arm64 has them after a call has returned; then a place in another one.
            let (here, there) = (try address(of: "getenv"), try address(of: "qsort"))
            for (second, isLinked, frames) in [(here + 4, true, 2), (here + 4, false, 3), (there + 4, true, 3)] {
                #expect(symbolizer.stack(of: [here, second, there + 4], isLinked: isLinked).count == frames)
            }
        }

        @Test("keeps the newest samples when the ring is full")
        func ring() throws {
            let (samples, records) = try sampled(hertz: 5000, depth: 32, ringWords: 1) {
                _ = Work.burn(milliseconds: 100)
                _ = Work.copyMemory(milliseconds: 200)
            }
            #expect(records.counts.lost > 0)
            #expect(records.words.count <= 8 * 34)
            #expect(samples.samples.count + records.counts.lost == records.counts.samples)
            let times = samples.samples.map(\.time)
            #expect(times == times.sorted() && times.count > 2)
            #expect(samples.share(of: "copyMemory") > 0.9)
        }

        @Test("stops its timer by itself when nothing runs, and starts again with the next request")
        func idle() throws {
            _ = try sampled { _ = Work.burn(milliseconds: 20) }
            try Sampler.begin(.wall, period: 1_000_000)
            #expect(Sampler.isTicking)
            Sampler.end()
            pause(milliseconds: 20)
            #expect(!Sampler.isTicking)
            try Sampler.begin(.wall, period: 1_000_000)
            _ = Work.burn(milliseconds: 50)
            Sampler.end()
            #expect(Sampler.records().counts.samples > 10)
            Sampler.stop()
        }

        @Test("leaves the thread time to get on when the rate is higher than it can keep up with")
        func overload() throws {
            let (_, records) = try sampled(hertz: 100_000, depth: 512) {
                for _ in 0..<20 { _ = Work.recurse(3000) { Int(Work.spin(1) & 1) } }
            }
            #expect(records.counts.overruns > 0)
            #expect(records.counts.samples > 0)
        }

        @Test("follows the thread that begins, when another one had the timer")
        func otherThread() throws {
            let thread = Thread { _ = try? Sampler.prepare(depth: 64); try? Sampler.begin(.wall, period: 1_000_000) }
            thread.start()
            while !thread.isFinished { pause(milliseconds: 1) }
            try Sampler.begin(.wall, period: 1_000_000)
            _ = Work.burn(milliseconds: 100)
            Sampler.end()
            let samples = StackSamples(Sampler.records(), period: 1_000_000, spans: [], Symbolizer())
            #expect(samples.share(of: "burn") > 0.8)
            Sampler.stop()
        }

        @Test("a thread that takes the place of one that has ended is sampled too")
        func laterThread() throws {
            try Sampler.prepare(depth: 64)
            for _ in 0..<3 {
                // The C library gives a new thread the stack, and so the addresses, of the last one.
                let thread = Thread {
                    try? Sampler.begin(.wall, period: 1_000_000)
                    _ = Work.burn(milliseconds: 50)
                    Sampler.end()
                }
                thread.start()
                while !thread.isFinished { pause(milliseconds: 1) }
                // Finished is said before the thread has ended.
                pause(milliseconds: 20)
                #expect(Sampler.records().counts.samples > 10)
            }
            Sampler.stop()
        }

        @Test("ignores signals that its timer did not send")
        func foreignSignals() throws {
            try Sampler.prepare(depth: 32)
            try Sampler.begin(.wall, period: 10_000_000_000)
            for _ in 0..<100 { raise(SIGPROF) }
            Sampler.end()
            #expect(Sampler.records().counts.samples == 0)
            Sampler.stop()
        }

        @Test("leaves errno as it was")
        func errnoKept() throws {
            var changed = 0
            _ = try sampled(hertz: 10_000) {
                for _ in 0..<2_000_000 {
                    errno = 77
                    if errno != 77 { changed += 1 }
                }
            }
            #expect(changed == 0)
        }
    }
}

/// Where a function of the C library begins.
private func address(of function: String) throws -> UInt64 {
    UInt64(UInt(bitPattern: try #require(dlsym(nil, function))))
}

/// Sleeps the whole time, whatever signals arrive.
func pause(milliseconds: Int) {
    var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    var left = timespec()
    while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
}
