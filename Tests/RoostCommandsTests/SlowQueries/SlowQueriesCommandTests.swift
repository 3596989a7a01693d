import Foundation
import Testing

@testable import RoostCommands

@Suite("slow-queries")
struct SlowQueriesCommandTests {
    /// Runs the built program in a folder of its own, which holds `slow.log` and its rotated predecessors.
    private func run(_ arguments: [String], input: String = "", _ check: (Outcome) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slow-queries-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.log(hour: 14, count: 3, release: "v2").write(to: folder.appendingPathComponent("slow.log"))
        try Self.log(hour: 13, count: 2, release: "v1").write(to: folder.appendingPathComponent("slow.log.1"))
        try Self.gzipped(Self.log(hour: 12, count: 1, release: "v1"), folder.appendingPathComponent("slow.log.2.gz"))
        try check(try Self.start(["slow-queries"] + arguments, in: folder, input: input))
    }

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
        let folder: URL
    }

    private static func start(_ arguments: [String], in folder: URL, input: String) throws -> Outcome {
        let process = Process()
        let tests = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("flasky")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["LOG_SLOW_QUERY": "slow.log"]
        let files = ["in", "out", "err"].map { folder.appendingPathComponent("std\($0)") }
        try Data(input.utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
            errors: try String(contentsOf: files[2], encoding: .utf8), folder: folder)
    }

    /// Runs of one statement; the newest hour has another one as well, and a line that breaks off.
    private static func log(hour: Int, count: Int, release: String) -> Data {
        var text = ""
        for minute in 0..<count {
            text += line("SELECT a FROM t WHERE b = \(minute)", hour, minute, release, "main.index")
        }
        if hour == 14 {
            text +=
                line("DELETE FROM t", hour, 30, release, "api.posts") + #"{"time":"2026-11-21T14:59:00Z","kind":"sl"#
        }
        return Data(text.utf8)
    }

    private static func line(_ statement: String, _ hour: Int, _ minute: Int, _ release: String, _ endpoint: String)
        -> String
    {
        let time = "2026-11-21T\(hour):\(minute < 10 ? "0" : "")\(minute):00Z"
        return
            #"{"time":"\#(time)","kind":"slow","statement":"\#(statement)","duration_ms":1000,"release":"\#(release)","#
            + #""endpoint":"\#(endpoint)","call_site":"App/Main.swift:7"}"# + "\n"
    }

    private static func gzipped(_ data: Data, _ file: URL) throws {
        let plain = file.deletingPathExtension()
        try data.write(to: plain)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-n", plain.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test("ranks the statements of the log in the settings and its rotated files, packed ones too")
    func table() throws {
        try run([]) { outcome in
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            #expect(
                outcome.output.contains(
                    "7 slow statements, 7.00 s in all, from 2026-11-21 12:00:00 to 2026-11-21 14:30:00 UTC"))
            #expect(outcome.output.contains("#1 select a from t where b = ?"))
            #expect(outcome.output.contains("#2 delete from t"))
            #expect(outcome.output.contains("1 broken line was left out"))
        }
    }

    @Test("reads the files given, and standard input as -")
    func sources() throws {
        try run(["slow.log.2.gz", "slow.log.1", "--json"]) { outcome in
            #expect(outcome.output.contains("\"runs\":3,"), "\(outcome)")
        }
        try run(["-", "--json"], input: Self.line("SELECT 1", 10, 0, "v1", "x")) { outcome in
            #expect(outcome.output.contains("\"runs\":1,") && outcome.output.hasSuffix("}\n"), "\(outcome)")
        }
    }

    @Test(
        "takes period, endpoint, release, order and limit",
        arguments: [
            (["--since", "2026-11-21T14:00:00Z"], "4 slow statements"),
            (["--until", "2026-11-21 13:00+00"], "2 slow statements"),
            (["--since", "1s"], "0 slow statements"), (["--endpoint", "api.posts"], "1 slow statement,"),
            (["--new-since", "v2"], "#1 delete from t"), (["--sort", "mean"], "#1 "),
            (["--limit", "1"], "… and 1 more"),
        ] as [([String], String)])
    func options(arguments: [String], expected: String) throws {
        try run(arguments) { outcome in
            #expect(outcome.status == 0 && outcome.output.contains(expected), "\(outcome)")
        }
    }

    @Test("shows one statement formatted, by the first digits of its fingerprint")
    func show() throws {
        try run(["--json"]) { outcome in
            let found = try #require(outcome.output.firstMatch(of: /"fingerprint":"([0-9a-f]{16})"/))
            try run(["show", String(found.1.prefix(8)), "slow.log"]) { outcome in
                #expect(outcome.output.contains("SELECT a\nFROM t\nWHERE b = 0"), "\(outcome)")
                #expect(outcome.output.contains("runs         3 slow"))
            }
        }
    }

    @Test("writes one page")
    func html() throws {
        try run(["--html", "report.html"]) { outcome in
            let html = try String(contentsOf: outcome.folder.appendingPathComponent("report.html"), encoding: .utf8)
            #expect(outcome.output == "wrote report.html\n")
            #expect(html.hasPrefix("<!doctype html>") && html.hasSuffix("</html>\n") && html.contains("delete from t"))
        }
    }

    @Test(
        "says in one line what it cannot do",
        arguments: [
            (["missing.log"], 1, "cannot read missing.log: No such file or directory"),
            (["."], 1, "cannot read .: Is a directory"),
            (["--new-since", "v9"], 1, "knows no release v9; it has: v1, v2"),
            (["show", "0123"], 1, "no statement with the fingerprint 0123"),
            (["--since", "yesterday"], 2, "yesterday"), (["--sort", "luck"], 2, "luck"),
            (["--limit", "0"], 2, "--limit"),
            (["--set", "log.slow_query=stderr"], 2, "log.slow_query is stderr"),
            (["--set", "log.slow_query=none/x.log"], 1, "there is no log at none/x.log"),
            (["--html", "none/x.html"], 1, "cannot write none/x.html"),
        ] as [([String], Int32, String)])
    func mistakes(arguments: [String], status: Int32, message: String) throws {
        try run(arguments) { outcome in
            #expect(outcome.status == status, "\(outcome)")
            #expect(outcome.errors.contains(message), "\(outcome)")
        }
    }

    @Test("says so when a packed log breaks off, and which")
    func damaged() throws {
        try run([]) { outcome in
            let file = outcome.folder.appendingPathComponent("slow.log.2.gz")
            try Data(try Data(contentsOf: file).dropLast(6)).write(to: file)
            let again = try Self.start(["slow-queries", "slow.log.2.gz"], in: outcome.folder, input: "")
            #expect(again.status == 1 && again.errors.contains("slow.log.2.gz: the gzip data breaks off"), "\(again)")
        }
    }

    @Test(
        "reads times as people write them",
        arguments: ["90s", "30m", "2h", "7d", "2w", "2026-11-21", "2026-11-21T14:00:00Z"])
    func times(text: String) {
        #expect(TimeBound(argument: text) != nil)
    }

    @Test(
        "refuses times it would have to guess",
        arguments: ["", "h", "2", "2x", "-2h", "1.5h", "14:00", "99999999999d", "infinity"])
    func badTimes(text: String) {
        #expect(TimeBound(argument: text) == nil)
    }
}
