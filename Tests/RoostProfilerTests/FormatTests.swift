import Foundation
import Roost
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("File formats")
    struct FormatTests {
        @Test("every file of a profile is read by a strict reader, and the reports agree")
        func strictReaders() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                _ = app.testClient().get("/sql?q=%22%3Cscript%3E%5C%00%0A💥")
                let name = try #require(try ProfileFolder(path).names().first)
                let base = "\(path)/\(name.text)"
                for ending in ProfileFolder.Ending.allCases {
                    let attributes = try FileManager.default.attributesOfItem(atPath: base + ending.rawValue)
                    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o640)
                }
                let scope = try Speedscope(text(base + ".speedscope.json"))
                let lines = try Collapsed(text(base + ".collapsed"))
                try checkTrace(ChromeTraceFile(text(base + ".trace.json")), name)
                #expect(scope.samples > 20)
                #expect(scope.weight == lines.samples * 1_000_000)
                #expect(try Set(FileManager.default.contentsOfDirectory(atPath: path)).count == 4)
            }
        }

        /// The request with its statement inside it, in the process and the worker of the profile's name.
        private func checkTrace(_ trace: ChromeTraceFile, _ name: ProfileName) throws {
            #expect(trace.events.map(\.category) == ["request", "sql"])
            let (request, statement) = (trace.events[0], trace.events[1])
            #expect(request.start == 0)
            #expect(statement.start >= 0 && statement.start + statement.duration <= request.duration)
            #expect(trace.events.allSatisfy { $0.process == Int(name.pid) && $0.thread == request.thread })
            #expect(trace.names["process_name"] == "profiled")
            #expect(try statement.arguments.text("call_site") == "Example/Posts.swift:12")
        }

        @Test("collapsed stacks survive writing and reading, whatever the names hold")
        func collapsed() throws {
            var stacks = WeightedStacks()
            stacks.add([Frame(module: "a", name: "f"), Frame(module: "SQL", name: "SELECT `x` 1 2")], 3000)
            stacks.add([Frame(module: "a", name: "f")], 1000)
            let bytes = CollapsedStacks.text(stacks, period: 1000)
            let read = CollapsedStacks.parse(bytes, period: 1000)
            #expect(read.badLines == 0)
            #expect(CollapsedStacks.text(read.stacks, period: 1000) == bytes)
            let damaged = "a;b\n 3\na -1\na 99999999999999999999\na 9223372036854775807\nb 2\n"
            let bad = CollapsedStacks.parse(Array(damaged.utf8), period: 1000)
            #expect(bad.badLines == 5)
            #expect(bad.stacks.total == 2000)
        }

        @Test("a flame graph holds every frame, well-formed and escaped, and no box leaves its parent")
        func flame() throws {
            var stacks = WeightedStacks()
            let evil = Frame(module: "m", name: "</script><b>&\"'")
            stacks.add([Frame(module: "m", name: "root"), evil], 600)
            stacks.add([Frame(module: "m", name: "root"), Frame(module: "libpq", name: "PQexec")], 300)
            stacks.add([Frame(module: "m", name: "root")], 100)
            let graph = FlameGraph(stacks, title: "<t>", subtitle: "s")
            for text in [graph.html, graph.svg] {
                #expect(text.contains("&lt;/script&gt;&lt;b&gt;&amp;"))
                #expect(!text.contains("<b>") && !text.contains("<t>"))
                #expect(text.components(separatedBy: "http").count == 2, "one namespace, no links")
            }
            let parser = XMLDocumentCheck(graph.svg)
            #expect(parser.isWellFormed, "\(parser.problem)")
            let widths = graph.layout.boxes.reduce(into: [Int: Double]()) { $0[$1.row, default: 0] += $1.width }
            #expect(widths.values.allSatisfy { $0 <= 1.000001 })
            #expect(graph.layout.boxes.count == 4)
        }

        @Test("every box of a flame graph says its time, and shows it where there is room behind the name")
        func times() throws {
            var stacks = WeightedStacks()
            stacks.add([Frame(module: "m", name: "wide")], 900_000_000)
            stacks.add([Frame(module: "m", name: String(repeating: "n", count: 40))], 100_000_000)
            let svg = FlameGraph(stacks, title: "t", subtitle: "s", requests: 10).svg
            #expect(svg.contains(">wide\u{A0} 90.0 ms</text>"))
            #expect(svg.contains("<title>wide [m]: 90.00 ms, 90.0 %, self 90.00 ms</title>"))
            #expect(svg.contains(">nnnnnnnnnnnnnnn…</text>"), "\(svg)")
        }

        @Test("names sort by time, are read back, and hold nothing that a shell or a path minds")
        func names() throws {
            let name = ProfileName(
                start: 1_700_000_000_123_456, endpoint: "auth.log-in", nanoseconds: 742_900_000, pid: 47, sequence: 3)
            #expect(name.text == "20231114T221320.123Z-auth.log-in-742ms-47-3")
            #expect(ProfileName(name.text) == name)
            for endpoint in ["../../etc/passwd", "a b;c", "*", ".hidden", "", "ü"] {
                let text = ProfileName(start: 0, endpoint: endpoint, nanoseconds: -5, pid: 1, sequence: 1).text
                #expect(!text.contains("/") && !text.contains(" ") && !text.contains("*") && !text.contains(";"))
                #expect(ProfileName(text) != nil)
            }
            for text in ["", "-----", "20231114T221320.123Z-a-12-3-4", "20231114T221320.123Z-a-xms-3-4", "notes.txt"] {
                #expect(ProfileName(text) == nil, "\(text)")
            }
        }
    }
}
