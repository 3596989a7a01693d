internal import RoostMarkup
internal import RoostPostgres

/// The report as one HTML page that needs nothing else: style and charts stand in it, and no script.
///
/// Every text of the log is escaped by the type it is put together with.
struct ReportPage {
    let report: SlowQueryReport
    let title: String
    let ranked: [StatementGroup]
    let repeated: [StatementGroup]
    let failing: [StatementGroup]
    let order: SlowQueryReport.Order
    let limit: Int

    var html: SafeHTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(title): slow queries</title>
        <style>\(SafeHTML(trusted: ReportStyle.sheet))</style>
        </head>
        <body>
        <main>
        \(head)
        \(tiles)
        \(timeline)
        \(statements)
        \(repeatSection)
        \(failureSection)
        \(foot)
        </main>
        </body>
        </html>

        """
    }

    // MARK: Head and foot

    private var head: SafeHTML {
        var period: SafeHTML = "no slow statements"
        if let seen = report.period {
            period = "<time>\(ReportText.time(seen.first))</time> to <time>\(ReportText.time(seen.last))</time> UTC"
        }
        var filters: [String] = []
        if let endpoint = report.filter.endpoint { filters.append("endpoint \(endpoint)") }
        if let release = report.filter.newSince { filters.append("new since \(release)") }
        let filter: SafeHTML = filters.isEmpty ? "" : " · only \(filters.joined(separator: ", "))"
        return "<header><h1>Slow queries <span>\(title)</span></h1><p>\(period)\(filter)</p></header>"
    }

    private var tiles: SafeHTML {
        let repeats = report.allRepeatedRequests
        return """
            <section class="tiles" aria-label="Summary">
            \(tile(ReportText.duration(report.total), "in slow statements"))
            \(tile("\(report.runs)", "slow runs of \(report.rankedCount) statements"))
            \(tile("\(repeats)", "repeats within a request", isBad: repeats > 0))
            \(tile("\(report.failures)", "failed runs", isBad: report.failures > 0))
            </section>
            """
    }

    private func tile(_ number: String, _ label: String, isBad: Bool = false) -> SafeHTML {
        "<div\(isBad ? SafeHTML(trusted: " class=\"bad\"") : "")><strong>\(number)</strong><span>\(label)</span></div>"
    }

    private var foot: SafeHTML {
        var lines: SafeHTML = "<p>\(report.lines) lines of \(report.sources.joined(separator: ", "))</p>"
        for remark in report.remarks where !remark.isEmpty { lines += "<p>\(remark)</p>" }
        return "<footer>\(lines)</footer>"
    }

    // MARK: Sections

    private var statements: SafeHTML {
        guard !ranked.isEmpty else { return "" }
        var items: SafeHTML = ""
        for (rank, group) in ranked.prefix(limit).enumerated() { items += StatementCard(group, rank + 1, report).html }
        let more =
            ranked.count > limit ? "<p class=\"note\">and \(ranked.count - limit) more statements</p>" as SafeHTML : ""
        return """
            <section><h2>Statements <small>by \(order.words)</small></h2>
            <ol class="statements">\(items)</ol>\(more)</section>
            """
    }

    private var repeatSection: SafeHTML {
        guard !repeated.isEmpty else { return "" }
        var rows: SafeHTML = ""
        for group in repeated.prefix(limit) {
            for (name, repeats) in [("n+1", group.nPlusOne), ("duplicate", group.duplicates)] where repeats.requests > 0
            {
                rows += """
                    <tr><td><b class="kind">\(name)</b></td><td class="sql"><code>\(group.normalized)</code>
                    <small>\(repeats.worst?.endpoint ?? "-") · \(repeats.worst?.callSite ?? "-")</small></td>
                    <td class="n" data-label="requests">\(repeats.requests)</td>
                    <td class="n" data-label="most runs">\(repeats.worst?.count ?? 0)</td>
                    <td class="n" data-label="time">\(ReportText.duration(repeats.total))</td></tr>
                    """
            }
        }
        return """
            <section><h2>Repeated within one request</h2>
            <table><thead><tr><th></th><th>Statement</th><th class="n">Requests</th><th class="n">Most runs</th>
            <th class="n">Time</th></tr></thead><tbody>\(rows)</tbody></table></section>
            """
    }

    private var failureSection: SafeHTML {
        guard !failing.isEmpty else { return "" }
        var rows: SafeHTML = ""
        for group in failing.prefix(limit) {
            rows += """
                <tr><td class="sql"><code>\(group.normalized)</code><small>\(group.lastError ?? "-")</small></td>
                <td class="n" data-label="failed">\(group.failed)</td></tr>
                """
        }
        return """
            <section><h2>Failed</h2><table><thead><tr><th>Statement and last error</th><th class="n">Count</th></tr></thead>
            <tbody>\(rows)</tbody></table></section>
            """
    }
}

extension SlowQueryReport {
    /// The report as one self-contained HTML page.
    /// - Parameter title: the application's name.
    /// - Throws: `Failure` when the log does not know the release of `newSince`.
    public func html(title: String, by order: Order, limit: Int) throws -> [UInt8] {
        let page = ReportPage(
            report: self, title: title, ranked: try ranked(by: order), repeated: try repeated(), failing: try failing(),
            order: order, limit: limit)
        return Array(page.html.text.utf8)
    }
}

extension SlowQueryReport.Order {
    /// The order in words.
    var words: String {
        switch self {
        case .total: "total time"
        case .count: "number of runs"
        case .mean: "mean time"
        case .p95: "95th percentile"
        case .max: "longest run"
        }
    }
}
