internal import RoostPostgres

/// A statement that ran again and again in one request, from one place.
struct StatementRepeat {
    enum Kind: String {
        /// With different values: a query per row, where one query for all rows would do.
        case nPlusOne = "n_plus_one"
        /// With the same values: the answer was known already.
        case duplicate
    }

    let kind: Kind
    let fingerprint: SQLFingerprint
    let site: CallSite
    /// One of its texts.
    let statement: String
    let count: Int
    let total: UInt64
    let longest: UInt64
    let loggedCount: Int
    let loggedTotal: UInt64

    /// What usually helps, in one line.
    var advice: String {
        switch kind {
        case .nPlusOne: "load the rows together, with including: or WHERE … = ANY(ids)"
        case .duplicate: "run it once and keep the answer"
        }
    }

    /// The repeats among a request's statements: texts that fold to one fingerprint count together.
    ///
    /// - Parameters:
    ///   - limit: how many runs are no repeat yet.
    ///   - fingerprint: gives the fingerprint of a text; asked only for call sites that ran more than `limit` statements.
    static func find(
        in entries: [RepeatTracker.Entry], limit: Int, fingerprint: (String) -> SQLFingerprint
    ) -> [StatementRepeat] {
        var runs: [CallSite: Int] = [:]
        for entry in entries { runs[entry.site, default: 0] += entry.count }
        var groups: [Group: [RepeatTracker.Entry]] = [:]
        var order: [Group] = []
        for entry in entries where runs[entry.site, default: 0] > limit {
            let group = Group(site: entry.site, fingerprint: fingerprint(entry.statement))
            if groups[group] == nil { order.append(group) }
            groups[group, default: []].append(entry)
        }
        return order.compactMap { group in
            groups[group].flatMap { StatementRepeat($0, group, limit: limit) }
        }
    }

    private struct Group: Hashable {
        let site: CallSite
        let fingerprint: SQLFingerprint
    }

    private init?(_ entries: [RepeatTracker.Entry], _ group: Group, limit: Int) {
        count = entries.reduce(0) { $0 + $1.count }
        guard count > limit, let first = entries.first, !Self.isTransactionControl(group.fingerprint.text) else {
            return nil
        }
        // Another text is another value too: a literal that differs.
        kind = entries.reduce(0) { $0 + $1.values.count } > limit ? .nPlusOne : .duplicate
        (fingerprint, site, statement) = (group.fingerprint, group.site, first.statement)
        total = entries.reduce(0) { $0 + $1.total }
        longest = entries.map(\.longest).max() ?? 0
        loggedCount = entries.reduce(0) { $0 + $1.loggedCount }
        loggedTotal = entries.reduce(0) { $0 + $1.loggedTotal }
    }

    /// A transaction per row is worth a look, but it is what runs inside that tells where.
    private static func isTransactionControl(_ text: String) -> Bool {
        ["begin", "commit", "rollback", "savepoint", "release", "start transaction"].contains { text.hasPrefix($0) }
    }
}
