import Foundation
import Roost
import RoostHTTP
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("Merged profiles")
    struct MergeTests {
        private func stacks(_ lines: String) -> WeightedStacks {
            CollapsedStacks.parse(Array(lines.utf8), period: 1_000_000).stacks
        }

        @Test("a recursive function counts once in its cumulative time")
        func recursion() throws {
            let table = FunctionTable(stacks("m`a;m`b;m`a;m`b 4\nm`a 1\n"))
            let a = try #require(table.rows.first { $0.frame.name == "a" })
            #expect(a.own == 1_000_000 && a.cumulative == 5_000_000)
            #expect(table.rows.first?.frame.name == "b")
        }

        @Test("the call tree adds up, and leaves the shared plumbing out")
        func tree() {
            let stacks = stacks(
                "m`main;RoostPool`serve;Roost`App.respond(to:);Roost`dispatch;m`view;m`query 3\n"
                    + "m`main;RoostPool`serve;Roost`App.respond(to:);Roost`dispatch;m`view;m`render 6\n"
                    + "m`main;RoostPool`serve;Roost`App.respond(to:);Roost`dispatch;m`view 1\n")
            let tree = CallTree(stacks.withoutPlumbing())
            #expect(tree.nodes[tree.nodes[0].children[0]].frame.name == "view")
            for node in tree.nodes {
                let below = node.children.map { tree.nodes[$0].total }.reduce(0, +)
                #expect(node.total == node.own + below)
            }
            let text = TreeText.text(stacks)
            #expect(text.contains("60.0 %") && !text.contains("serve"))
        }

        @Test("a difference is for one request, the largest change first")
        func difference() throws {
            let before = stacks("m`view;m`slow 900\nm`view;m`same 100\n")
            let after = stacks("m`view;m`same 200\nm`view;m`new 20\n")
            let difference = StackDifference(before, after, requests: (10, 20), order: .own)
            #expect(difference.total == (100_000_000, 11_000_000))
            #expect(difference.rows[0].frame.name == "slow")
            #expect(difference.rows[0].ownChange == -90_000_000)
            #expect(difference.rows.first { $0.frame.name == "same" }?.ownChange == 0)
            #expect(TableText.difference(difference, rows: 2).contains("-90.0"))
        }

        @Test("several requests of one endpoint become one table")
        func top() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                for target in ["/burn/40", "/burn/40", "/fast"] { _ = app.testClient().get(target) }
                var query = ProfileQuery()
                query.endpoint = "burn"
                let set = try ProfileSet(ProfileFolder(path), query)
                #expect(set.requests == 2)
                #expect(set.nanoseconds >= 80_000_000)
                #expect(set.top(rows: 12, bySelf: false).contains("burn(milliseconds:)"))
            }
        }

        @Test("the continuous profile counts every endpoint in bounded memory, in one file of a minute")
        func continuous() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder, $0.continuous) = (.off, path, 500) }
                let profiler = try #require(app.profiler)
                for target in ["/burn/120", "/sql", "/burn/1"] { _ = app.testClient().get(target) }
                #expect(try ProfileFolder(path).found.isEmpty)
                profiler.flush(app)
                profiler.flush(app)
                let files = try ProfileFolder(path).continuousFiles()
                #expect(files.count == 1 && files[0].hasSuffix("-500hz.collapsed"))
                _ = try Collapsed(text("\(path)/\(files[0])"))
                var query = ProfileQuery()
                query.endpoint = "burn"
                let set = try ProfileSet(continuousIn: ProfileFolder(path), query)
                #expect(set.nanoseconds >= 60_000_000, "\(set.summary)")
                #expect(set.top(rows: 50, bySelf: false).contains("burn(milliseconds:)"))
                #expect(try ProfileSet(continuousIn: ProfileFolder(path), ProfileQuery()).nanoseconds > set.nanoseconds)
            }
        }

        @Test("the continuous profile takes its part of the samples that are taken anyway")
        func continuousBeside() throws {
            var settings = ProfilerSettings()
            (settings.mode, settings.hertz) = (.slow, 100)
            for (asked, taken) in [(10, 10), (30, 25), (99, 50), (1000, 100), (1, 1)] {
                settings.continuous = asked
                #expect(settings.continuousHertz == taken)
            }
            settings.mode = .off
            settings.continuous = 30
            #expect(settings.continuousHertz == 30)
        }

        @Test("a minute of the continuous profile is named by its beginning, however late it is written")
        func named() throws {
            try withFolder { path in
                let continuous = ContinuousProfile(hertz: 10)
                let before = ProfileName.timeText(Clock.now()).prefix(13)
                let words: [UInt64] = [0, 1 << 32 | 1 << 16 | 1 << 8, 1]
                continuous.add(SampleRecords(words: words, counts: SampleCounts(samples: 1)), endpoint: "e")
                let after = ProfileName.timeText(Clock.now()).prefix(13)
                try continuous.flush(to: ProfileFolder(path), Symbolizer())
                let file = try #require(try ProfileFolder(path).continuousFiles().first)
                #expect([before, after].contains(file.dropFirst("continuous-".count).prefix(13)))
            }
        }

        @Test("stacks beyond the limit of the continuous profile are counted together")
        func bounded() throws {
            try withFolder { path in
                let continuous = ContinuousProfile(hertz: 10)
                for number in 0..<(ContinuousProfile.stackLimit + 500) {
                    let words: [UInt64] = [0, 1 << 32 | 1 << 16 | 1 << 8, UInt64(number) + 1]
                    continuous.add(SampleRecords(words: words, counts: SampleCounts(samples: 1)), endpoint: "e")
                }
                try continuous.flush(to: ProfileFolder(path), Symbolizer())
                let file = try #require(try ProfileFolder(path).continuousFiles().first)
                let read = CollapsedStacks.parse(try SystemFile.read("\(path)/\(file)"), period: 1)
                #expect(read.stacks.stacks.count == ContinuousProfile.stackLimit + 1)
                #expect(read.stacks.total == Int64(ContinuousProfile.stackLimit + 500))
            }
        }
    }
}
