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
                    let mode = try FileManager.default.attributesOfItem(atPath: base + ending.rawValue)[.posixPermissions]
                    #expect((mode as? NSNumber)?.intValue == 0o640)
                }
                let scope = try Speedscope(text(base + ".speedscope.json"))
                let lines = try Collapsed(text(base + ".collapsed"))
                try checkTrace(text(base + ".trace.json"))
                #expect(scope.samples > 20)
                #expect(scope.weight == lines.samples * 1_000_000)
                #expect(try Set(FileManager.default.contentsOfDirectory(atPath: path)).count == 4)
            }
        }

        /// Chrome's trace event format: complete events with what the viewers ask for.
        private func checkTrace(_ text: String) throws {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let events = try #require(object["traceEvents"] as? [[String: Any]])
            #expect(events.count == 2)
            for event in events {
                #expect(event["ph"] as? String == "X")
                #expect(event["name"] is String && event["cat"] is String && event["args"] is [String: Any])
                for key in ["ts", "dur", "pid", "tid"] { #expect(event[key] is NSNumber, "\(key)") }
            }
            #expect(events[1]["cat"] as? String == "sql")
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
            let bad = CollapsedStacks.parse(Array("a;b\n 3\na -1\na 99999999999999999999\na 9223372036854775807\nb 2\n".utf8), period: 1000)
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
                #expect(!text.contains("http://") || text.components(separatedBy: "http").count == 2, "one namespace, no links")
            }
            let parser = XMLDocumentCheck(graph.svg)
            #expect(parser.isWellFormed, "\(parser.problem)")
            let widths = graph.layout.boxes.reduce(into: [Int: Double]()) { $0[$1.row, default: 0] += $1.width }
            #expect(widths.values.allSatisfy { $0 <= 1.000001 })
            #expect(graph.layout.boxes.count == 4)
        }

        @Test("names sort by time, are read back, and hold nothing that a shell or a path minds")
        func names() throws {
            let name = ProfileName(start: 1_700_000_000_123_456, endpoint: "auth.log-in", nanoseconds: 742_900_000, pid: 47, sequence: 3)
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

/// A strict reader of speedscope's schema: the keys it demands, no others, indices within range.
struct Speedscope {
    private(set) var samples = 0
    private(set) var weight = 0

    init(_ text: String) throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["$schema", "name", "exporter", "activeProfileIndex", "shared", "profiles"])
        #expect(object["$schema"] as? String == "https://www.speedscope.app/file-format-schema.json")
        let frames = try #require((object["shared"] as? [String: Any])?["frames"] as? [[String: Any]])
        for frame in frames { #expect(Set(frame.keys) == ["name", "file"]) }
        let profiles = try #require(object["profiles"] as? [[String: Any]])
        #expect(profiles.count == 1)
        for profile in profiles {
            #expect(Set(profile.keys) == ["type", "name", "unit", "startValue", "endValue", "samples", "weights"])
            #expect(profile["type"] as? String == "sampled" && profile["unit"] as? String == "nanoseconds")
            let stacks = try #require(profile["samples"] as? [[Int]])
            let weights = try #require(profile["weights"] as? [Int])
            #expect(stacks.count == weights.count)
            #expect(stacks.allSatisfy { !$0.isEmpty && $0.allSatisfy(frames.indices.contains) })
            #expect(profile["endValue"] as? Int == weights.reduce(0, +))
            samples = stacks.count
            weight = weights.reduce(0, +)
        }
    }
}

/// A strict reader of collapsed stacks.
struct Collapsed {
    private(set) var samples = 0

    init(_ text: String) throws {
        #expect(text.hasSuffix("\n"))
        for line in text.dropLast().components(separatedBy: "\n") {
            let match = try #require(line.wholeMatch(of: /([^;]+(?:;[^;]+)*) ([1-9][0-9]*)/), "\(line)")
            samples += try #require(Int(match.2))
        }
    }
}

/// Whether a text is well-formed: every element closed in order, every attribute quoted, no bare ampersand.
struct XMLDocumentCheck {
    private(set) var isWellFormed = true
    private(set) var problem = ""

    init(_ text: String) {
        if let found = Self.problem(in: text) { (isWellFormed, problem) = (false, found) }
    }

    private static func problem(in text: String) -> String? {
        var open: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else { return "an open tag" }
            let tag = rest[rest.index(after: start)..<end]
            let name = tag.prefix { $0 != " " && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "\(tag) closes another element" }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
            if tag.count(where: { $0 == "\"" }) % 2 != 0 { return "quotes in \(tag)" }
            rest = rest[rest.index(after: end)...]
        }
        if !open.isEmpty { return "\(open) are not closed" }
        if text.firstMatch(of: /&(?!(amp|lt|gt|quot|#[0-9]+);)/) != nil { return "a bare ampersand" }
        return nil
    }
}
