/// Collapsed stacks, one line each: `module`function;module`function 42`, the number being samples. Made by Brendan
/// Gregg's stackcollapse tools first; flamegraph.pl, speedscope and inferno read it.
enum CollapsedStacks {
    /// - Parameter period: nanoseconds of a sample.
    static func text(_ stacks: WeightedStacks, period: Int64) -> [UInt8] {
        var lines = stacks.stacks.map { path, weight in
            path.map { field(stacks.frames[$0].text) }.joined(separator: ";") + " \(max(1, weight / max(1, period)))"
        }
        lines.sort()
        return Array(lines.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]
    }

    /// Reads such lines; those that are none are counted and left out.
    static func parse(_ bytes: [UInt8], period: Int64) -> (stacks: WeightedStacks, badLines: Int) {
        var stacks = WeightedStacks()
        var bad = 0
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let blank = line.lastIndex(of: UInt8(ascii: " ")), blank > line.startIndex,
                let count = Int64(String(decoding: line[(blank + 1)...], as: UTF8.self)), count > 0,
                case let (weight, overflow) = count.multipliedReportingOverflow(by: period), !overflow
            else {
                bad += 1
                continue
            }
            let path = line[..<blank].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            stacks.add(path.map { Frame(text: String(decoding: $0, as: UTF8.self)) }, weight)
        }
        return (stacks, bad)
    }

    /// What separates frames and lines may not stand in a frame.
    private static func field(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for place in bytes.indices {
            if bytes[place] == UInt8(ascii: ";") { bytes[place] = UInt8(ascii: ",") }
            if bytes[place] < 32 { bytes[place] = UInt8(ascii: " ") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
