import Testing

extension ProfilerTests {
    /// The same walk in C alone, on this processor and, emulated, on the other one.
    @Suite("The stack walk in C")
    struct WalkTests {
        @Test("on this processor", .enabled(if: WalkProgram.Tools.native != nil, "there is no C compiler"))
        func native() throws {
            try check(WalkProgram.run(try #require(WalkProgram.Tools.native)))
        }

        @Test(
            "on arm64, emulated",
            .enabled(if: WalkProgram.Tools.arm64 != nil, "gcc-aarch64-linux-gnu and qemu-user are not installed"))
        func arm64() throws {
            try check(WalkProgram.run(try #require(WalkProgram.Tools.arm64)))
        }

        private func check(_ lines: [WalkProgram.Line]) throws {
            #expect(lines.map(\.work) == ["burn", "copy", "recurse"])
            for line in lines {
                #expect(line.samples > 50, "\(line)")
                #expect(Double(line.rooted) > 0.95 * Double(line.samples), "\(line)")
                #expect(line.chained > 90, "\(line)")
            }
        }
    }
}
