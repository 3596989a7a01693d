extension Frame {
    /// What people look for first stands first among equals.
    var rank: Int {
        switch kind {
        case .own: 0
        case .span: 1
        case .roost: 2
        case .libpq, .library, .runtime: 3
        }
    }
}

/// Time by function: its own, and with what it called.
struct FunctionTable {
    struct Row {
        let frame: Frame
        /// Nanoseconds in the function itself.
        let own: Int64
        /// Nanoseconds in it and in what it called; a recursive function counts once.
        let cumulative: Int64
    }

    enum Order: String, CaseIterable {
        case own = "self"
        case cumulative
    }

    /// All functions, those with the most time first.
    let rows: [Row]
    let total: Int64

    init(_ stacks: WeightedStacks, order: Order = .own) {
        var own = [Int64](repeating: 0, count: stacks.frames.count)
        var cumulative = own
        var seenIn = [Int](repeating: -1, count: stacks.frames.count)
        for (number, (path, weight)) in stacks.stacks.enumerated() {
            if let leaf = path.last { own[leaf] += weight }
            for frame in path where seenIn[frame] != number {
                seenIn[frame] = number
                cumulative[frame] += weight
            }
        }
        total = stacks.total
        let all = stacks.frames.indices.map { Row(frame: stacks.frames[$0], own: own[$0], cumulative: cumulative[$0]) }
        rows = all.filter { $0.cumulative > 0 }.sorted { one, other in
            let (a, b) = order == .own ? (one.own, other.own) : (one.cumulative, other.cumulative)
            if a != b { return a > b }
            if one.cumulative != other.cumulative { return one.cumulative > other.cumulative }
            if one.frame.rank != other.frame.rank { return one.frame.rank < other.frame.rank }
            return one.frame.text < other.frame.text
        }
    }
}
