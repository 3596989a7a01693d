extension SlowQueryReport {
    /// The report as lines for a terminal.
    /// - Parameters:
    ///   - order: what the table is sorted by, the largest first.
    ///   - limit: the most statements in each part.
    ///   - width: columns of the terminal, for statements on one line.
    /// - Throws: `Failure` when the log does not know the release of `newSince`.
    public func table(by order: Order, limit: Int, width: Int = 110) throws -> [String] {
        let ranked = try ranked(by: order)
        var out = summary
        if ranked.isEmpty {
            out += ["", "no slow statements"]
        } else {
            out += [""] + rankedTable(ranked.prefix(limit)) + [""]
            for (rank, group) in ranked.prefix(limit).enumerated() { out += details(rank + 1, group, width) }
            if ranked.count > limit { out.append("… and \(ranked.count - limit) more; --limit shows them") }
        }
        out += try repeatTable(limit, width) + failureTable(limit, width)
        return out + remarks
    }

    private var summary: [String] {
        var first = "\(runs) slow \(runs == 1 ? "statement" : "statements"), \(ReportText.duration(total)) in all"
        if let period { first += ", from \(ReportText.time(period.first)) to \(ReportText.time(period.last)) UTC" }
        return [first]
    }

    private func rankedTable(_ groups: ArraySlice<StatementGroup>) -> [String] {
        let head = ["#", "FINGERPRINT", "TOTAL", "SHARE", "COUNT", "MEAN", "P95", "MAX", "ENDPOINT"]
        let whole = total
        let rows = groups.enumerated().map { rank, group in
            [
                "\(rank + 1)", ReportText.line(group.fingerprint, width: 16), ReportText.duration(group.total),
                ReportText.share(group.total, of: whole), "\(group.count)", ReportText.duration(group.mean),
                ReportText.duration(group.p95), ReportText.duration(group.longest),
                ReportText.line(group.endpoints.ranked.first?.name ?? "-", width: 30),
            ]
        }
        return ReportText.table([head] + rows, right: [0, 2, 3, 4, 5, 6, 7])
    }

    private func details(_ rank: Int, _ group: StatementGroup, _ width: Int) -> [String] {
        var out = ["#\(rank) " + ReportText.statement(group.normalized, width: width)]
        out.append("   \(places(group)) · \(ReportText.time(group.firstSeen)) to \(ReportText.time(group.lastSeen))")
        if let worst = group.samples.first { out.append("   worst: " + sample(worst, width)) }
        return out
    }

    /// Where it ran: endpoints with their counts, call sites.
    private func places(_ group: StatementGroup) -> String {
        let endpoints = group.endpoints.ranked
        var text = endpoints.prefix(4).map { "\(ReportText.line($0.name, width: 40)) \($0.count)" }.joined(
            separator: ", ")
        let more = endpoints.count - 4
        if more > 0 { text += " and \(more) more" }
        let sites = group.callSites.ranked
        text += " · " + ReportText.line(sites.first?.name ?? "-", width: 80)
        return sites.count > 1 ? text + " and \(sites.count - 1) more" : text
    }

    /// One run in words: how long, when, for which request.
    func sample(_ entry: LogEntry, _ width: Int) -> String {
        var text = "\(ReportText.duration(entry.duration)) at \(ReportText.time(entry.time))"
        if let path = entry.request.path { text += "  \(entry.request.method ?? "") \(path)" }
        if let id = entry.request.id { text += "  request \(id)" }
        if let user = entry.request.user { text += "  user \(user)" }
        if !entry.parameters.isEmpty { text += "  (" + entry.parameters.joined(separator: ", ") + ")" }
        return ReportText.line(text, width: width)
    }

    private func repeatTable(_ limit: Int, _ width: Int) throws -> [String] {
        let groups = try repeated()
        guard !groups.isEmpty else { return [] }
        let head = ["FINGERPRINT", "KIND", "REQUESTS", "MOST RUNS", "TOTAL", "ENDPOINT", "CALL SITE"]
        let rows = groups.prefix(limit).flatMap { group in
            [("n+1", group.nPlusOne), ("duplicate", group.duplicates)].filter { $0.1.requests > 0 }.map {
                name, repeats in
                [
                    ReportText.line(group.fingerprint, width: 16), name, "\(repeats.requests)",
                    "\(repeats.worst?.count ?? 0)", ReportText.duration(repeats.total),
                    ReportText.line(repeats.worst?.endpoint ?? "-", width: 30),
                    ReportText.line(repeats.worst?.callSite ?? "-", width: 50),
                ]
            }
        }
        return ["", "Repeated within one request:"] + ReportText.table([head] + rows, right: [2, 3, 4])
    }

    private func failureTable(_ limit: Int, _ width: Int) throws -> [String] {
        let groups = try failing()
        guard !groups.isEmpty else { return [] }
        let rows = groups.prefix(limit).map {
            [
                ReportText.line($0.fingerprint, width: 16), "\($0.failed)",
                ReportText.line($0.lastError ?? "-", width: max(40, width - 28)),
            ]
        }
        return ["", "Failed:"] + ReportText.table([["FINGERPRINT", "COUNT", "LAST ERROR"]] + rows, right: [1])
    }

    /// What the reader must know about the lines that are not in the tables.
    var remarks: [String] {
        var out: [String] = []
        if brokenLines > 0 {
            out.append(brokenLines == 1 ? "1 broken line was left out" : "\(brokenLines) broken lines were left out")
        }
        if foreignLines > 0 {
            out.append(
                foreignLines == 1 ? "1 line belongs to another log" : "\(foreignLines) lines belong to other logs")
        }
        if otherLines > 0 {
            out.append(
                "not counted: lines of statements beyond the first \(Self.groupLimit) different ones, \(otherLines) of them"
            )
        }
        if droppedLines > 0 {
            out.append("never written: lines of requests that had more than the log takes, \(droppedLines) of them")
        }
        return out.isEmpty ? [] : [""] + out
    }
}
