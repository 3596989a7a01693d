internal import Glibc
internal import Roost

/// A few samples a second of everything a worker does, added up by endpoint and written once a minute.
///
/// All workers append to one file of the minute; the same stack may stand in it several times.
final class ContinuousProfile {
    let hertz: Int
    var period: Int64 { 1_000_000_000 / Int64(hertz) }
    /// Stacks held at most; further ones are counted together.
    static let stackLimit = 5000

    private var stacks: [Stack: Int] = [:]
    private var others = 0
    private var nextFlush: Int64
    private static let minute: Int64 = 60_000_000_000

    private struct Stack: Hashable {
        let endpoint: String
        let addresses: [UInt64]
    }

    init(hertz: Int, now: Int64 = Clock.monotonic()) {
        self.hertz = hertz
        nextFlush = now + Self.minute
    }

    func add(_ records: SampleRecords, endpoint: String) {
        guard records.counts.samples > 0 else { return }
        for record in records where record.isMarked {
            let stack = Stack(endpoint: endpoint, addresses: Array(record.addresses))
            if stacks[stack] != nil || stacks.count < Self.stackLimit {
                stacks[stack, default: 0] += record.weight
            } else {
                others += record.weight
            }
        }
    }

    func isDue(now: Int64 = Clock.monotonic()) -> Bool { now >= nextFlush }

    /// Appends what was collected to the file of this minute, and begins anew.
    func flush(to folder: ProfileFolder, _ symbolizer: Symbolizer, now: Int64 = Clock.now()) throws {
        nextFlush = Clock.monotonic() + Self.minute
        guard !stacks.isEmpty else { return }
        var weighted = WeightedStacks()
        for (stack, count) in stacks {
            let root = Frame(module: Frame.endpoint, name: stack.endpoint)
            let frames = stack.addresses.enumerated().reversed().map { place, address in
                symbolizer.frame(of: address, isReturn: place > 0)
            }
            weighted.add([root] + frames.dropLast().filter { !$0.isThunk } + frames.suffix(1), Int64(count) * period)
        }
        if others > 0 { weighted.add([Frame(module: "", name: "[further stacks]")], Int64(others) * period) }
        stacks = [:]
        others = 0
        try SystemFile.makeFolder(folder.path)
        try SystemFile.append(
            CollapsedStacks.text(weighted, period: period), to: "\(folder.path)/\(Self.fileName(now, hertz: hertz))")
    }

    /// `continuous-20261121T1444-10hz.collapsed`.
    static func fileName(_ microseconds: Int64, hertz: Int) -> String {
        let time = ProfileName.timeText(microseconds).prefix(13)
        return "\(ProfileFolder.continuousPrefix)\(time)-\(hertz)hz\(ProfileFolder.Ending.collapsed.rawValue)"
    }

    /// The rate in a file's name; nil when it is another file's.
    static func hertz(ofFile name: String) -> Int? {
        let ending = "hz\(ProfileFolder.Ending.collapsed.rawValue)"
        guard name.hasPrefix(ProfileFolder.continuousPrefix), name.hasSuffix(ending),
            let dash = name.lastIndex(of: "-"),
            let hertz = Int(name[name.index(after: dash)...].dropLast(ending.count)), (1...10_000).contains(hertz)
        else { return nil }
        return hertz
    }
}
