internal import RoostPostgres

extension SlowQueryReport {
    /// Everything about one statement, as lines for a terminal: its text, numbers, histogram, slowest runs, plan.
    /// - Parameter name: the fingerprint, or enough of its first digits.
    /// - Throws: `Failure` when no statement, or more than one, has it.
    public func page(of name: String, width: Int = 110) throws -> [String] {
        let group = try group(named: name)
        let statement = ReportText.printable(SQLFormatter.format(group.example.statement))
        var out = ["fingerprint  \(group.fingerprint)"] + numbers(of: group) + ["", statement]
        if group.isRanked { out += ["", "Durations"] + histogram(of: group) }
        if !group.samples.isEmpty { out += ["", "Slowest runs"] + group.samples.map { "  " + sample($0, width) } }
        out += list("Endpoints", group.endpoints) + list("Call sites", group.callSites)
        if let error = group.lastError { out += ["", "Last error", "  " + ReportText.line(error, width: 400)] }
        return out + plan(of: group)
    }

    private func numbers(of group: StatementGroup) -> [String] {
        var out = [
            "runs         \(group.count) slow, \(group.cancelled) of them cancelled; \(group.failed) failed",
            "time         \(ReportText.duration(group.total)) (\(ReportText.share(group.total, of: total))), "
                + "mean \(ReportText.duration(group.mean)), p95 \(ReportText.duration(group.p95)), "
                + "max \(ReportText.duration(group.longest))",
        ]
        if group.firstSeen <= group.lastSeen {
            out.append("seen         \(ReportText.time(group.firstSeen)) to \(ReportText.time(group.lastSeen)) UTC")
        }
        let names = group.releases.map { releases[$0] }.sorted { $0.first < $1.first }.map(\.name)
        out.append("releases     " + ReportText.line(names.joined(separator: ", "), width: 200))
        for (name, repeats) in [("n+1", group.nPlusOne), ("duplicates", group.duplicates)] where repeats.requests > 0 {
            let label = name + String(repeating: " ", count: 13 - name.utf8.count)
            out.append(
                "\(label)in \(repeats.requests) requests, \(repeats.runs) runs, \(ReportText.duration(repeats.total)); "
                    + "most: \(repeats.worst?.count ?? 0)")
        }
        return out
    }

    private func histogram(of group: StatementGroup) -> [String] {
        let counts = group.durations.byPowersOfTwo
        let most = counts.max() ?? 1
        let first = counts.firstIndex { $0 > 0 } ?? 0
        let rows = counts.indices.dropFirst(first).map { place in
            let bar = String(repeating: "█", count: counts[place] == 0 ? 0 : max(1, counts[place] * 50 / most))
            return ["  < " + ReportText.duration(Int64(1000) << Int64(place)), "\(counts[place])", bar]
        }
        return ReportText.table(rows, right: [1])
    }

    private func list(_ title: String, _ counter: TopCounter) -> [String] {
        guard !counter.ranked.isEmpty else { return [] }
        let rows = counter.ranked.prefix(10).map { ["  \($0.count)", ReportText.line($0.name, width: 100)] }
        return ["", title] + ReportText.table(rows, right: [0])
    }

    private func plan(of group: StatementGroup) -> [String] {
        guard let entry = group.plan else { return [] }
        let title = "Plan (\(entry.planKind ?? "none")) of \(ReportText.time(entry.time)) UTC"
        let shapes = group.planShapes.count > 1 ? ["  \(group.planShapes.count) different plans were seen"] : []
        let text =
            entry.plan.map { ReportText.printable($0) } ?? "no plan: " + ReportText.line(entry.error ?? "-", width: 400)
        return ["", title] + shapes + text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    }
}
