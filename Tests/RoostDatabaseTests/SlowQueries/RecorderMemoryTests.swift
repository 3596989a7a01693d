import FoundationEssentials
import Glibc
import Roost
import RoostPostgres
import Testing

@testable import RoostDatabase

@Suite("The recorder's memory")
struct RecorderMemoryTests {
    /// A million with `ROOST_TEST_LONG`, else enough to see growth.
    private let runs = ProcessInfo.processInfo.environment["ROOST_TEST_LONG"] == nil ? 100_000 : 1_000_000

    private func measure(_ event: (Int) -> QueryEvent) throws -> (growth: Int, lines: [Substring]) {
        let path = "/tmp/roost-recorder-\(UUID().uuidString).log"
        defer { unlink(path) }
        let app = App("test")
        try app.useDatabase(ConnectionSettings(url: ""), slow: SlowQuerySettings(threshold: .seconds(1)))
        let recorder = try #require(app.database?.recorder)
        recorder.log = try LogFile(path: path)
        let request = app.respond(to: app.testClient().request("GET", "/")).request
        var before = 0
        for run in 0..<runs {
            if run == runs / 10 { before = try residentPages() }
            let event = event(run)
            request.trace.record(.sql, event.statement, start: 0, duration: 1)
            recorder.record(event, for: request)
        }
        let growth = try residentPages() - before
        recorder.finish(request)
        return (
            growth, String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n")
        )
    }

    private func residentPages() throws -> Int {
        let fields = String(decoding: try Data(contentsOf: URL(filePath: "/proc/self/statm")), as: UTF8.self).split(
            separator: " ")
        return try #require(Int(fields[1]))
    }

    @Test("stays the same however often a statement runs in one request, and it becomes one line")
    func sameStatement() throws {
        let (growth, lines) = try measure { run in
            QueryEvent(
                sql: "SELECT * FROM t WHERE id = \(run)", site: RoostPostgres.CallSite(), serverNanoseconds: 1000)
        }
        #expect(growth < 4000, "pages of 4 KB")
        #expect(lines.count == 1 && lines[0].contains("\"count\":\(runs)"))
    }

    @Test("stays the same however many different statements one request runs, and says what it did not follow")
    func differentStatements() throws {
        let padding = String(repeating: "x", count: 500)
        let (growth, lines) = try measure { run in
            QueryEvent(
                sql: .unsafe("SELECT '\(padding)', \(run)"), site: RoostPostgres.CallSite(), serverNanoseconds: 1000)
        }
        #expect(growth < 4000, "pages of 4 KB")
        #expect(lines.count == 1 && lines[0].contains("\"untracked\":\(runs - RepeatTracker.entryLimit)"))
    }
}
