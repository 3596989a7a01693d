import RoostHTTP
import RoostPostgres
import Testing

@testable import RoostDatabase

@Suite("The slow-query report")
struct ReportTests {
    /// A line as the recorder writes it. The minute counts from noon; changes replace members or add them.
    private func line(
        _ statement: String = "SELECT 1", ms: Double = 600, minute: Int = 0, _ changes: [String: JSONValue] = [:]
    ) -> String {
        var object: JSONValue = .object(JSONObject())
        if case .object(var members) = object {
            members["time"] = .string(Timestamp(unixSeconds: 1_795_262_400 + Int64(minute) * 60).iso8601)
            members["kind"] = "slow"
            members["fingerprint"] = .string(SQLFingerprint(of: statement).hash)
            members["statement"] = .string(statement)
            members["duration_ms"] = .double(ms)
            members["endpoint"] = "main.index"
            members["call_site"] = "App/Main.swift:7"
            members["release"] = "v1"
            for (key, value) in changes { members[key] = value }
            object = .object(members)
        }
        var json = JSONWriter()
        json.value(object)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func report(_ lines: [String], _ change: (inout SlowQueryReport.Filter) -> Void = { _ in })
        -> SlowQueryReport
    {
        var filter = SlowQueryReport.Filter()
        change(&filter)
        let report = SlowQueryReport(filter)
        for line in lines { report.add(line: ArraySlice(line.utf8)) }
        return report
    }

    private func statements(_ report: SlowQueryReport, by order: SlowQueryReport.Order = .total) throws -> [JSONValue] {
        let json = try JSONValue(parsing: Array(report.json(by: order, limit: 100)))
        return try #require(json["statements"]?.array)
    }

    @Test("ranks by total time, with count, mean, p95, max, share, places, first and last time and the worst run")
    func ranking() throws {
        let runs = (1...100).map { line("SELECT \($0)", ms: Double($0), minute: $0, ["request_id": .string("r\($0)")]) }
        let other = line("SELECT a FROM b", ms: 10_000, ["endpoint": "api.posts"])
        let found = try statements(report(runs + [other]))
        #expect(found.count == 2)
        #expect(found[0]["normalized"] == "select a from b" && found[0]["endpoints"] == ["api.posts": 1])
        #expect(found[1]["count"] == 100 && found[1]["total_ms"]?.double == 5050 && found[1]["mean_ms"]?.double == 50.5)
        #expect(found[1]["max_ms"]?.double == 100)
        #expect(abs(try #require(found[1]["p95_ms"]?.double) - 95) <= 1)
        #expect(abs(try #require(found[1]["share"]?.double) - 5050 / 15_050) < 1e-9)
        #expect(found[1]["first_seen"] == "2026-11-21T12:01:00Z" && found[1]["last_seen"] == "2026-11-21T13:40:00Z")
        #expect(found[1]["worst"]?["request_id"] == "r100")
        #expect(found[1]["call_sites"] == ["App/Main.swift:7": 100])
        #expect(try statements(report(runs + [other]), by: .count).first?["count"] == 100)
    }

    @Test("sorts by every order", arguments: SlowQueryReport.Order.allCases)
    func orders(order: SlowQueryReport.Order) throws {
        let often = (0..<5).map { line("SELECT often", ms: 100, minute: $0) }
        let long = [line("SELECT long", ms: 450)]
        let first = try statements(report(often + long), by: order).first?["normalized"]
        #expect(first == (order == .total || order == .count ? "select often" : "select long"))
    }

    @Test("counts broken and foreign lines, says so, and goes on")
    func brokenLines() throws {
        let bad = [
            "{\"time\":\"2026-11-21T12:00:00Z\",\"kind\":\"slow\",\"sta", "", "not JSON", "[1]", "\u{0}",
            line("SELECT 1", ["time": "yesterday"]), line("SELECT 1", ["statement": nil]),
        ]
        let foreign = ["{\"level\":\"info\",\"message\":\"hello\"}", line("SELECT 1", ["kind": "opened"])]
        let report = report([line()] + bad + foreign + [line()])
        #expect(report.lines == 2 && report.brokenLines == bad.count && report.foreignLines == 2)
        let table = try report.table(by: .total, limit: 10).joined(separator: "\n")
        #expect(table.contains("7 broken lines") && table.contains("2 lines belong to other logs"))
    }

    @Test("takes odd values for what they are")
    func oddValues() throws {
        let odd: [JSONValue] = [.double(-5), .string("long"), .null, .double(1e300), .int(.max), .array([])]
        let report = report(
            odd.map { line("SELECT 1", ["duration_ms": $0, "count": $0, "endpoint": $0, "parameters": $0]) })
        #expect(report.lines == odd.count && report.total == 0)
        _ = try report.table(by: .total, limit: 10)
        _ = try report.html(title: "x", by: .total, limit: 10)
    }

    @Test("reads lines of releases that wrote neither kind nor fingerprint")
    func oldLines() throws {
        let old = #"{"time":"2026-11-21T12:00:00Z","duration_ms":700.5,"statement":"SELECT * FROM t WHERE a = 5"}"#
        let found = try statements(report([old, line("SELECT * FROM t WHERE a = 7")]))
        #expect(found.count == 1 && found[0]["count"] == 2)
    }

    @Test("counts only the period and the endpoint asked for")
    func filters() throws {
        let lines = (0..<10).map { line(minute: $0, ["endpoint": .string($0 < 5 ? "a" : "b")]) }
        let noon: Int64 = 1_795_262_400_000_000
        #expect(report(lines) { ($0.since, $0.until) = (noon + 120_000_000, noon + 180_000_000) }.runs == 2)
        #expect(report(lines) { $0.endpoint = "b" }.runs == 5)
        #expect(try statements(report(lines) { $0.endpoint = "c" }).isEmpty)
    }

    @Test("shows what is new since a release: nothing that an earlier one ran, whatever the period")
    func newSince() throws {
        let lines = [
            line("SELECT old", minute: 0, ["release": "v1"]), line("SELECT old", minute: 9, ["release": "v2"]),
            line("SELECT fresh", minute: 5, ["release": "v2"]),
            // A worker of the old release may still write after the new one began.
            line("SELECT late", minute: 6, ["release": "v1"]),
        ]
        let new = report(lines) { $0.newSince = "v2" }
        #expect(try statements(new).map { $0["normalized"] } == ["select fresh"])
        let recent = report(lines) { ($0.newSince, $0.since) = ("v2", 1_795_262_400_000_000 + 300_000_000) }
        #expect(try statements(recent).map { $0["normalized"] } == ["select fresh"])
        let unknown = report(lines) { $0.newSince = "v3" }
        let error = #expect(throws: SlowQueryReport.Failure.self) { try unknown.table(by: .total, limit: 5) }
        #expect("\(error!)" == "the log knows no release v3; it has: v1, v2")
    }

    @Test("keeps repeats and failures apart from the ranking")
    func repeats() throws {
        let report = report([
            line("SELECT a", ["kind": "n_plus_one", "count": 20, "total_ms": 40]),
            line("SELECT a", ["kind": "n_plus_one", "count": 30, "total_ms": 60]),
            line("SELECT a", ["kind": "duplicate", "count": 12, "total_ms": 5]),
            line("SELECT b", ["kind": "failed", "error": "no such column"]), line("SELECT c"),
            line("SELECT c", ["kind": "cancelled", "error": "canceled"]), line("x", ["kind": "dropped", "count": 7]),
        ])
        let found = try statements(report)
        #expect(found.map { $0["normalized"] } == ["select c", "select a", "select b"])
        #expect(found[0]["count"] == 2 && found[0]["cancelled"] == 1)
        #expect(found[1]["n_plus_one"] == ["requests": 2, "runs": 50, "most_runs": 30, "total_ms": 100.0])
        #expect(found[1]["duplicate"]?["requests"] == 1)
        #expect(found[2]["failed"] == 1 && found[2]["last_error"] == "no such column")
        let text = try report.table(by: .total, limit: 5).joined(separator: "\n")
        for part in [
            "Repeated within one request:", "n+1", "duplicate", "Failed:", "no such column",
            "never written: lines of requests",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test("shows a statement formatted with numbers, histogram, slowest runs and plan; by its first digits too")
    func page() throws {
        let runs = (1...7).map { line("select a from b where c = \($0)", ms: Double($0) * 100, minute: $0) }
        let plan = line(
            "select a from b where c = 1",
            [
                "kind": "plan", "plan": "Seq Scan on b  (cost=0.00..1.00)\n  Filter: (c = ?)", "plan_kind": "custom",
                "plan_shape": "x",
            ])
        let report = report(runs + [plan]) { $0.samples = 5 }
        let hash = SQLFingerprint(of: "select a from b where c = 1").hash
        let page = try report.page(of: String(hash.prefix(6))).joined(separator: "\n")
        for part in [
            "fingerprint  \(hash)", "SELECT a\nFROM b\nWHERE c = 7", "runs         7 slow", "max 700 ms", "< 128 ms",
            "█",
            "Plan (custom)", "  Seq Scan on b", "releases     v1", "main.index",
        ] {
            #expect(page.contains(part), "\(part) in \(page)")
        }
        #expect(page.contains("300 ms at") && !page.contains("200 ms at"), "the five slowest runs")
        let error = #expect(throws: SlowQueryReport.Failure.self) { try report.page(of: "zzz") }
        #expect("\(error!)" == "no statement with the fingerprint zzz in 8 lines")
    }

    @Test("writes a page that needs nothing else, in which every text of the log is escaped")
    func html() throws {
        let hostile = "<script>alert(1)</script>\"'&"
        let changes: [String: JSONValue] = [
            "endpoint": .string(hostile), "call_site": .string(hostile), "path": .string(hostile),
            "method": .string(hostile),
            "request_id": .string(hostile), "user_id": .string(hostile), "error": .string(hostile),
            "plan": .string(hostile),
            "plan_kind": .string(hostile), "parameters": [.string(hostile)], "release": .string(hostile),
            "normalized": .string(hostile), "fingerprint": .string(hostile), "count": 12, "total_ms": 9,
        ]
        let lines = ["slow", "failed", "plan", "n_plus_one"].enumerated().map { minute, kind in
            line("SELECT " + hostile, minute: minute * 3, changes.merging(["kind": .string(kind)]) { $1 })
        }
        let html = String(
            decoding: try report(lines + [line(minute: 30)]).html(title: hostile, by: .total, limit: 5), as: UTF8.self)
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;"))
        for outside in ["http:", "https:", " src=", "url(", "@import", "<link"] {
            #expect(!html.contains(outside), "\(outside)")
        }
        #expect(html.contains("<svg") && html.contains("prefers-color-scheme:dark"))
    }

    @Test("does not let a log line write to the terminal")
    func terminal() throws {
        let bell = "\u{1B}]0;x\u{7}\u{9B}2J"
        let report = report([
            line(
                "SELECT '\(bell)' \(bell)",
                ["endpoint": .string(bell), "call_site": .string(bell), "path": .string(bell)])
        ])
        let text = try
            (report.table(by: .total, limit: 5) + report.page(of: SQLFingerprint(of: "SELECT '\(bell)' \(bell)").hash))
            .joined()
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) || $0 == "\n" })
    }

    @Test("stays small with any number of different statements, endpoints and releases")
    func bounds() throws {
        let report = report([])
        for number in 0..<6000 {
            let text = line("SELECT a\(number)", ["endpoint": .string("e\(number)"), "release": .string("r\(number)")])
            report.add(line: ArraySlice(text.utf8))
        }
        #expect(report.rankedCount == SlowQueryReport.groupLimit)
        #expect(report.otherLines == 1000 && report.releases.count == SlowQueryReport.releaseLimit)
        #expect(
            try report.table(by: .total, limit: 3).contains {
                $0.contains("beyond the first 5000 different ones, 1000 of them")
            })
    }
}

@Suite("Parts of the slow-query report")
struct ReportPartTests {
    @Test("quantiles are within one percent, from a microsecond to hours", arguments: [0.0, 0.5, 0.95, 0.99, 1.0])
    func quantiles(share: Double) {
        var sketch = DurationSketch()
        var random = UInt64(7)
        var all: [Int64] = []
        for _ in 0..<5000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            all.append(Int64(1) << Int64(random >> 59) + Int64(random >> 40 & 0xFF))
        }
        for duration in all { sketch.add(duration) }
        let exact = all.sorted()[max(0, Int((share * 5000).rounded(.up)) - 1)]
        let found = sketch.quantile(share)
        #expect(abs(Double(found - exact)) <= max(1, Double(exact) * 0.0101), "\(found) for \(exact)")
        #expect(sketch.byPowersOfTwo.reduce(0, +) == 5000)
    }

    @Test("a sketch of nothing and of extremes answers")
    func extremes() {
        #expect(DurationSketch().quantile(0.95) == 0)
        var sketch = DurationSketch()
        sketch.add(0)
        sketch.add(.max)
        #expect(sketch.quantile(1) > 0 && sketch.quantile(0) == 0)
    }

    @Test("lines are cut where they end, whatever the pieces, and too long ones are passed over")
    func lineCutting() {
        let long = String(repeating: "x", count: LogLines.lineLimit + 10)
        let text = Array("one\n\ntwo\n\(long)\nthree".utf8)
        for size in [1000, 65_536, text.count] {
            var splitter = LineSplitter()
            var lines: [String] = []
            for start in stride(from: 0, to: text.count, by: size) {
                splitter.add(text[start..<min(start + size, text.count)]) {
                    lines.append(String(decoding: $0, as: UTF8.self))
                }
            }
            splitter.finish { lines.append(String(decoding: $0, as: UTF8.self)) }
            #expect(lines == ["one", "", "two", "", "three"])
        }
    }

    @Test("a series keeps its sums when its steps grow, and has a step for every moment")
    func series() {
        var series = TimeSeries()
        for minute in 0..<20_000 { series.add(time: Int64(minute) * 60_000_000, duration: 3) }
        let (start, width, steps) = series.steps(atMost: 96)
        #expect(start == 0 && steps.count <= 96 && steps.count > 40)
        #expect(steps.reduce(0) { $0 + $1.count } == 20_000 && steps.reduce(0) { $0 + $1.total } == 60_000)
        #expect(width == 21_600_000_000, "six hours")
        #expect(TimeSeries().steps(atMost: 5).steps.isEmpty)
    }

    @Test(
        "durations read well",
        arguments: [
            (0, "0.00 ms"), (1234, "1.23 ms"), (310_400, "310 ms"), (1_204_000, "1.20 s"), (61_000_000, "61.0 s"),
            (720_000_000, "12 min"), (12_240_000_000, "3.4 h"),
        ] as [(Int64, String)])
    func durations(microseconds: Int64, text: String) {
        #expect(ReportText.duration(microseconds) == text)
    }

    @Test("a statement of many columns shows on its line what it reads from")
    func statementLine() {
        let columns = (1...30).map { "column_\($0)" }.joined(separator: ", ")
        let text = "select \(columns), (select count(*) from b) from c where d = ?"
        #expect(ReportText.statement(text, width: 100) == "select column_1, column_2, column_3, … from c where d = ?")
        #expect(ReportText.statement("select a from b", width: 100) == "select a from b")
        #expect(
            ReportText.statement("delete from " + String(repeating: "x", count: 90), width: 20)
                == "delete from xxxxxxx…")
    }

    @Test(
        "the scale of the chart is round",
        arguments: [(1, 1), (3, 4), (7, 8), (9, 10), (31_000_000, 40_000_000)] as [(Int64, Int64)])
    func scale(number: Int64, expected: Int64) {
        #expect(ReportPage.ceiling(number) == expected)
    }
}
