/// What became faster or slower between two sets of profiles, by function and for one request.
struct StackDifference {
    struct Row {
        let frame: Frame
        /// Nanoseconds of one request in the first and in the second set.
        let own: (Int64, Int64)
        let cumulative: (Int64, Int64)

        var ownChange: Int64 { own.1 - own.0 }
        var cumulativeChange: Int64 { cumulative.1 - cumulative.0 }
    }

    /// The largest change first.
    let rows: [Row]
    /// Nanoseconds of one request.
    let total: (Int64, Int64)

    /// - Parameter requests: how many requests each set stands for.
    init(
        _ first: WeightedStacks, _ second: WeightedStacks, requests: (Int, Int),
        order: FunctionTable.Order = .cumulative
    ) {
        // The plumbing changes by the whole difference, which tells nobody anything.
        let (before, after) = (FunctionTable(first.withoutPlumbing()), FunctionTable(second.withoutPlumbing()))
        let divisors = (Int64(max(1, requests.0)), Int64(max(1, requests.1)))
        var pairs: [Frame: (FunctionTable.Row?, FunctionTable.Row?)] = [:]
        for row in before.rows { pairs[row.frame] = (row, nil) }
        for row in after.rows { pairs[row.frame, default: (nil, nil)].1 = row }
        total = (before.total / divisors.0, after.total / divisors.1)
        let all = pairs.map { frame, rows in
            Row(
                frame: frame, own: ((rows.0?.own ?? 0) / divisors.0, (rows.1?.own ?? 0) / divisors.1),
                cumulative: ((rows.0?.cumulative ?? 0) / divisors.0, (rows.1?.cumulative ?? 0) / divisors.1))
        }
        rows = all.sorted { one, other in
            let a = order == .own ? one.ownChange : one.cumulativeChange
            let b = order == .own ? other.ownChange : other.cumulativeChange
            if a.magnitude != b.magnitude { return a.magnitude > b.magnitude }
            return (one.frame.rank, one.frame.text) < (other.frame.rank, other.frame.text)
        }
    }
}
