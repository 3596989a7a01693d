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
    /// When the first of them was added, in microseconds since 1970.
    private var began: Int64?
    private var nextFlush: Int64
    private static let minute: Int64 = 60_000_000_000

    private struct Stack: Hashable {
        let endpoint: String
        let addresses: [UInt64]
        let isLinked: Bool
        let isTruncated: Bool
    }

    init(hertz: Int, now: Int64 = Clock.monotonic()) {
        self.hertz = hertz
        nextFlush = now + Self.minute
    }

    func add(_ records: SampleRecords, endpoint: String) {
        guard records.counts.samples > 0 else { return }
        if began == nil { began = Clock.now() }
        for record in records where record.isMarked {
            let stack = Stack(
                endpoint: endpoint, addresses: Array(record.addresses), isLinked: record.isLinked,
                isTruncated: record.isTruncated)
            if stacks[stack] != nil || stacks.count < Self.stackLimit {
                stacks[stack, default: 0] += record.weight
            } else {
                others += record.weight
            }
        }
    }

    func isDue(now: Int64 = Clock.monotonic()) -> Bool { now >= nextFlush }

    /// Appends what was collected to the file of the minute in which that began, and begins anew.
    func flush(to folder: ProfileFolder, _ symbolizer: Symbolizer) throws {
        nextFlush = Clock.monotonic() + Self.minute
        guard let began, !stacks.isEmpty else { return }
        let text = CollapsedStacks.text(weighted(symbolizer), period: period)
        stacks = [:]
        (others, self.began) = (0, nil)
        try SystemFile.makeFolder(folder.path)
        try SystemFile.append(text, to: "\(folder.path)/\(Self.fileName(began, hertz: hertz))")
    }

    private func weighted(_ symbolizer: Symbolizer) -> WeightedStacks {
        var weighted = WeightedStacks()
        for (stack, count) in stacks {
            var path = [Frame(module: Frame.endpoint, name: stack.endpoint)]
            if stack.isTruncated { path.append(.truncated) }
            path += symbolizer.stack(of: stack.addresses, isLinked: stack.isLinked).map { symbolizer.frames[$0] }
            weighted.add(path, Int64(count) * period)
        }
        if others > 0 { weighted.add([Frame(module: "", name: "[further stacks]")], Int64(others) * period) }
        return weighted
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
