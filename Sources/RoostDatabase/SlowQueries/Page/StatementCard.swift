internal import RoostMarkup
internal import RoostPostgres

/// One statement of the page: a line that says how much it took, and behind it everything that is known.
struct StatementCard {
    let group: StatementGroup
    let rank: Int
    let report: SlowQueryReport

    init(_ group: StatementGroup, _ rank: Int, _ report: SlowQueryReport) {
        self.group = group
        self.rank = rank
        self.report = report
    }

    var html: SafeHTML {
        let share = report.total == 0 ? 0 : Double(group.total) / Double(report.total) * 100
        return """
            <li><details\(rank == 1 ? " open" : "" as SafeHTML)><summary>
            <span class="rank">\(rank)</span>
            <span class="what"><code>\(ReportText.statement(group.normalized, width: 200))</code><small>\(place)</small></span>
            <span class="took"><strong>\(ReportText.duration(group.total))</strong>
            \(bar(share))<small>\(ReportText.decimal(share, 1)) %</small></span>
            </summary><div class="body">
            \(numbers)
            <pre class="statement">\(SQLFormatter.format(group.example.statement))</pre>
            <div class="columns"><div><h3>Durations</h3>\(histogram)</div><div>\(places)</div></div>
            \(samples)\(plan)
            </div></details></li>
            """
    }

    private var place: String {
        let endpoints = group.endpoints.ranked
        let more = endpoints.count > 1 ? " and \(endpoints.count - 1) more" : ""
        return "\(endpoints.first?.name ?? "-")\(more) · \(group.callSites.ranked.first?.name ?? "-")"
    }

    private func bar(_ percent: Double) -> SafeHTML {
        """
        <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="track" width="100" height="1"/><rect width="\(percent)" height="1"/></svg>
        """
    }

    private var numbers: SafeHTML {
        var list: SafeHTML = ""
        for (name, value) in [
            ("runs", "\(group.count)"), ("mean", ReportText.duration(group.mean)),
            ("p95", ReportText.duration(group.p95)),
            ("max", ReportText.duration(group.longest)), ("cancelled", "\(group.cancelled)"),
            ("failed", "\(group.failed)"),
            ("first seen", ReportText.time(group.firstSeen)), ("last seen", ReportText.time(group.lastSeen)),
            ("fingerprint", group.fingerprint),
        ] where !(value == "0" && (name == "cancelled" || name == "failed")) {
            list += "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
        }
        return "<dl class=\"numbers\">\(list)</dl>"
    }

    private var histogram: SafeHTML {
        let counts = group.durations.byPowersOfTwo
        let most = Double(counts.max() ?? 1)
        var rows: SafeHTML = ""
        for place in counts.indices.dropFirst(counts.firstIndex { $0 > 0 } ?? 0) {
            let bound = ReportText.duration(Int64(1000) << Int64(place))
            rows += """
                <tr><th>&lt; \(bound)</th><td>\(bar(Double(counts[place]) / most * 100))</td><td class="n">\(counts[place])</td></tr>
                """
        }
        return "<table class=\"histogram\">\(rows)</table>"
    }

    private var places: SafeHTML {
        var html: SafeHTML = ""
        for (title, counter) in [("Endpoints", group.endpoints), ("Call sites", group.callSites)] {
            var rows: SafeHTML = ""
            for (name, count) in counter.ranked.prefix(6) { rows += "<li><b>\(count)</b> \(name)</li>" }
            html += "<h3>\(title)</h3><ul class=\"counts\">\(rows)</ul>"
        }
        return html
    }

    private var samples: SafeHTML {
        guard !group.samples.isEmpty else { return "" }
        var rows: SafeHTML = ""
        for entry in group.samples { rows += "<li>\(report.sample(entry, 400))</li>" }
        return "<h3>Slowest runs</h3><ul class=\"samples\">\(rows)</ul>"
    }

    private var plan: SafeHTML {
        guard let entry = group.plan else { return "" }
        let text = entry.plan ?? "no plan: \(entry.error ?? "-")"
        let shapes = group.planShapes.count > 1 ? ", one of \(group.planShapes.count)" : ""
        return
            "<h3>Plan <small>\(entry.planKind ?? "") of \(ReportText.time(entry.time)) UTC\(shapes)</small></h3><pre>\(text)</pre>"
    }
}
