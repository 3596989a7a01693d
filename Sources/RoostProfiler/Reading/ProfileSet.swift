/// Several profiles put together: of one endpoint, of an hour, of the whole pool.
public struct ProfileSet {
    var stacks = WeightedStacks()
    /// Requests in it; 0 for a continuous profile, which does not count them.
    public private(set) var requests = 0
    /// Time of all requests, in nanoseconds; that of the samples for a continuous profile.
    public private(set) var nanoseconds: Int64 = 0
    /// Profiles that the quota removed while this was read.
    private(set) var missing = 0
    /// Lines of stacks that are none, and were left out.
    private(set) var damagedLines = 0

    public var isEmpty: Bool { stacks.isEmpty }

    /// - Throws: `ProfileNotFound`, `ProfileFileError`, `ProfileFormatError`.
    public init(_ folder: ProfileFolder, _ query: ProfileQuery) throws {
        for name in try folder.find(query) {
            do {
                let profile = try folder.profile(name)
                stacks.add(profile.stacks)
                damagedLines += profile.damagedLines
            } catch let error as ProfileFileError where error.isMissing {
                missing += 1
                continue
            }
            requests += 1
            nanoseconds += Int64(name.milliseconds) * 1_000_000
        }
    }

    /// The continuous profile of a folder.
    public init(continuousIn folder: ProfileFolder, _ query: ProfileQuery) throws {
        let earliest = query.earliest().prefix(13)
        for file in try folder.continuousFiles() {
            let time = file.dropFirst(ProfileFolder.continuousPrefix.utf8.count).prefix(13)
            guard time >= earliest, let hertz = ContinuousProfile.hertz(ofFile: file) else { continue }
            let bytes = try SystemFile.read("\(folder.path)/\(file)")
            let read = CollapsedStacks.parse(bytes, period: 1_000_000_000 / Int64(hertz))
            damagedLines += read.badLines
            add(read.stacks, endpoint: query.endpoint)
        }
        nanoseconds = stacks.total
    }

    private mutating func add(_ read: WeightedStacks, endpoint: String?) {
        let wanted = endpoint.map { Frame(module: Frame.endpoint, name: $0) }
        for (path, weight) in read.stacks {
            let frames = path.map { read.frames[$0] }
            if endpoint == nil || frames.first == wanted { stacks.add(frames, weight) }
        }
    }

    // MARK: Reports

    /// One line about what is in it.
    public var summary: String {
        let sampled = "\(Column.milliseconds(stacks.total)) ms sampled\(skipped)"
        guard requests > 0 else { return sampled }
        let count = requests == 1 ? "1 request" : "\(requests) requests"
        return "\(count), \(Column.milliseconds(nanoseconds / Int64(requests))) ms each, \(sampled)"
    }

    private var skipped: String {
        (missing == 0 ? "" : ", \(missing) removed meanwhile")
            + (damagedLines == 0 ? "" : ", \(damagedLines) damaged lines left out")
    }

    /// The functions with the most time.
    public func top(rows: Int, bySelf: Bool = true) -> String {
        let table = FunctionTable(stacks.withoutPlumbing(), order: bySelf ? .own : .cumulative)
        return TableText.functions(table, rows: rows)
    }

    public func flameHTML(title: String) -> String { graph(title).html }
    public func flameSVG(title: String) -> String { graph(title).svg }

    private func graph(_ title: String) -> FlameGraph {
        FlameGraph(stacks, title: title, subtitle: summary, requests: requests)
    }

    /// What changed from this set to another, for one request.
    public func difference(to other: ProfileSet, rows: Int, bySelf: Bool = false) -> String {
        let difference = StackDifference(
            stacks, other.stacks, requests: (requests, other.requests), order: bySelf ? .own : .cumulative)
        return TableText.difference(difference, rows: rows)
    }
}
