internal import Glibc
internal import Roost
internal import RoostCommands
internal import RoostHTTP
internal import RoostProfiler
internal import RoostTemplates

/// What the profiler costs: processor time of this thread for a page with and without it, in turns.
///
/// The page is rendered in process, without sockets and SQL. It has 200 posts, to take about the time that a page of 20
/// takes a worker with them: a small part of the profiler's cost is the same for every request.
struct ProfilerCost {
    let seconds: Double
    let request: () -> HTTPRequest

    func measure(_ plain: App, _ settings: Settings) throws {
        _ = slice(plain, nil, 500)
        let one = slice(plain, nil, 2000) / 2000
        print(Columns.pad("the page without the profiler", 50) + Self.text(one * 1e6) + " us")
        for example in Self.examples {
            var (extra, share) = ([Double](), 0.0)
            for _ in 0..<Self.layouts {
                // One app for both sides: two of them differ by where their templates lie in memory.
                let app = try BenchmarkApp.makeApp(settings)
                try Self.addPage(to: app)
                let profiler = try app.useProfiler(example.settings)
                try app.freeze()
                let measured = compare(app, profiler)
                extra += measured.extra
                share += measured.share / Double(Self.layouts)
            }
            report(example, (extra.sorted(), share), page: one)
        }
    }

    /// How often everything is laid out anew: one layout may favour either side by half a percent.
    private static let layouts = 8

    /// One way to run the profiler, and what it may cost.
    private struct Example {
        let name: String
        /// Percent of a processor.
        let bound: Double
        var settings = ProfilerSettings()

        init(_ name: String, bound: Double, _ mode: ProfilerSettings.Mode, hertz: Int, continuous: Int = 0) {
            (self.name, self.bound) = (name, bound)
            (settings.mode, settings.hertz, settings.continuous) = (mode, hertz, continuous)
            // No request is as slow: every ring is thrown away.
            settings.threshold = .max
        }
    }

    private static let examples = [
        Example("off", bound: 0.1, .off, hertz: 100),
        Example("rings begun and thrown away, no samples", bound: 0.5, .slow, hertz: 1),
        Example("100 Hz, thrown away", bound: 0.5, .slow, hertz: 100),
        Example("100 Hz, kept for the minute's profile", bound: 1, .slow, hertz: 100, continuous: 100),
        Example("1000 Hz, thrown away", bound: 3, .slow, hertz: 1000),
    ]

    /// The page without a database.
    static func addPage(to app: App) throws {
        let posts = BenchmarkPost.invented(200).templateValue
        try app.get("/page/invented", endpoint: "page_invented") { (request: Request) in
            try request.render("index.html", ["posts": posts, "user": TemplateValue.none])
        }
    }

    /// Extra time in percent, one number for each pair of slices; the order within a pair alternates.
    private func compare(_ app: App, _ profiler: Profiler?) -> (extra: [Double], share: Double) {
        let requests = max(1, Int(0.02 / slice(app, nil, 200) * 200))
        _ = slice(app, profiler, requests)
        var extra: [Double] = []
        let (began, used) = (Clock.monotonic(), Self.threadSeconds())
        let end = Clock.monotonic() + Int64(seconds * 1e9)
        while Clock.monotonic() < end || extra.count < 9 {
            let isTurned = extra.count % 2 == 1
            let first = slice(app, isTurned ? profiler : nil, requests)
            let second = slice(app, isTurned ? nil : profiler, requests)
            extra.append(100 * (isTurned ? first / second - 1 : second / first - 1))
        }
        // The timer runs by the wall: on a machine with other work it ticks more often in a second of processor time.
        let share = (Self.threadSeconds() - used) / (Double(Clock.monotonic() - began) / 1e9)
        return (extra, share)
    }

    private func slice(_ app: App, _ profiler: Profiler?, _ requests: Int) -> Double {
        app.requestObserver = profiler
        let start = Self.threadSeconds()
        for _ in 0..<requests { app.respond(to: request()).finish(bytesWritten: 1) }
        return Self.threadSeconds() - start
    }

    private func report(_ example: Example, _ measured: (extra: [Double], share: Double), page: Double) {
        let sorted = measured.extra
        let middle = sorted[sorted.count / 2]
        // The median's own uncertainty, from the spread of the quartiles.
        let spread = (sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]) / 1.35
        let error = 1.25 * spread / Double(sorted.count).squareRoot()
        let whole = middle * measured.share
        // Above is what is so with its uncertainty taken off twice.
        let isWithin = whole - 2 * error * measured.share <= example.bound
        print(
            Columns.pad("profiler \(example.name)", 50)
                + "\(Self.text(middle)) % +- \(Self.text(error)), \(Self.text(middle * page * 1e7)) ns a request, in "
                + "\(sorted.count) pairs, with \(Self.text(100 * measured.share)) % of a processor; "
                + "\(Self.text(whole)) % of a whole one, \(isWithin ? "within" : "ABOVE") "
                + "\(Self.text(example.bound)) %")
    }

    private static func text(_ number: Double) -> String {
        let hundredths = Int((number.magnitude * 100).rounded())
        let rest = hundredths % 100
        return (number < 0 && hundredths > 0 ? "-" : "") + "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
