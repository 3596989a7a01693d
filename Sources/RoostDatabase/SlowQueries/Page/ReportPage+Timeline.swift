internal import RoostMarkup

extension ReportPage {
    /// How much time slow statements took over the log's period: a column for each step.
    var timeline: SafeHTML {
        let (start, width, steps) = report.series.steps(atMost: 96)
        guard let most = steps.map(\.total).max(), steps.count > 1, most > 0 else { return "" }
        let top = Self.ceiling(most)
        var columns: SafeHTML = ""
        for (index, step) in steps.enumerated() where step.count > 0 {
            let height = max(1.5, Double(step.total) / Double(top) * 100)
            let time = ReportText.time(start + Int64(index) * width)
            columns += """
                <rect x="\(Double(index) + 0.1)" y="\(100 - height)" width="0.8" height="\(height)">\
                <title>\(time) UTC: \(ReportText.duration(step.total)) in \(step.count) runs</title></rect>
                """
        }
        let end = start + Int64(steps.count) * width
        return """
            <section><h2>Time in slow statements <small>per \(Self.words(width))</small></h2>
            <figure class="timeline">
            <div class="scale"><span>\(ReportText.duration(top))</span><span>\(ReportText.duration(top / 2))</span><span>0</span></div>
            <svg viewBox="0 0 \(steps.count) 100" preserveAspectRatio="none" role="img" aria-label="Time in slow statements over time">
            <path class="grid" d="M0 0H\(steps.count)M0 50H\(steps.count)M0 100H\(steps.count)"/>\(columns)</svg>
            <figcaption><span>\(ReportText.time(start))</span><span>\(ReportText.time(start + (end - start) / 2))</span>\
            <span>\(ReportText.time(end))</span></figcaption>
            </figure></section>
            """
    }

    /// The next round number whose half is round too: 1, 2, 4, 6 or 8 and zeros.
    static func ceiling(_ number: Int64) -> Int64 {
        var power: Int64 = 1
        while power <= number / 10 { power *= 10 }
        return [1, 2, 4, 6, 8, 10].lazy.map { $0 * power }.first { $0 >= number } ?? number
    }

    /// A step's length, from microseconds: whole seconds, minutes, hours or days.
    private static func words(_ width: Int64) -> String {
        for (unit, length) in [("day", 86_400), ("hour", 3600), ("minute", 60)] as [(String, Int64)] {
            let count = width / (length * 1_000_000)
            if count == 1 { return unit }
            if count > 1 { return "\(count) \(unit)s" }
        }
        let seconds = width / 1_000_000
        return seconds == 1 ? "second" : "\(seconds) seconds"
    }
}
