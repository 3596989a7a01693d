import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Deploying", .enabled(if: Blog.server != nil))
struct DeploymentTests {
    @Test("everybody follows himself, roles are as they should be, and a second time nothing changes")
    func again() throws {
        try Blog.with { blog in
            try blog.database.execute("UPDATE roles SET permissions = 0")
            try blog.add(posts: 3)
            var said: [String] = []
            func deploy() throws {
                try Flasky.deploy(in: blog.database, settings: blog.app.settings, migrate: {}) { said.append($0) }
            }
            try deploy()
            let first = said.count
            try deploy()
            let lines = said.filter { $0.contains("follow") }
            #expect(lines == ["3 users now follow themselves", "0 users now follow themselves"])
            #expect(try Role.query.where { $0.permissions == Permission(rawValue: 31) }.count(in: blog.database) == 1)
            // The first time the indexes of migration 0009 are replaced by those that know accents.
            #expect(!said.dropFirst(first).contains { $0.contains("index") })
        }
    }

    @Test("two at once take turns, also when the first fails")
    func turns() throws {
        try Blog.with { blog in
            let other = Connection(settings: blog.database.settings)
            defer { other.close() }
            let lock: SQL = "hashtextextended('flasky deploy ' || current_schema(), 0)"
            struct Broken: Error {}
            var wasHeld = false
            do {
                try Flasky.deploy(
                    in: blog.database, settings: blog.app.settings,
                    migrate: {
                        wasHeld = !(try other.value("SELECT pg_try_advisory_lock(\(lock))", as: Bool.self))
                        throw Broken()
                    }, report: { _ in })
                Issue.record("what migrating throws is thrown")
            } catch is Broken {}
            #expect(wasHeld)
            let isFree = try other.value("SELECT pg_try_advisory_lock(\(lock))", as: Bool.self)
            #expect(isFree)
        }
    }

    @Test("another language gets indexes of its own, which its searches use, and the old ones go")
    func language() throws {
        try Blog.with(["flasky.search_language": "german"]) { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "Viele Häuser am Fluss", by: john)
            let before = try Flasky.searchComplaints(in: blog.database, settings: blog.app.settings)
            #expect(before.filter { $0.contains("_german") }.count == 2 && before[0].contains("ix_posts_search_german"))
            var said: [String] = []
            try Flasky.reindexSearch(in: blog.database, settings: blog.app.settings) { said.append($0) }
            #expect(said.filter { $0.hasPrefix("made") && $0.hasSuffix("_german") }.count == 2)
            #expect(said.filter { $0.hasPrefix("dropped") }.count == 2)
            #expect(try Flasky.searchComplaints(in: blog.database, settings: blog.app.settings).isEmpty)
            // The stem of "Häuser" is that of "Haus" in German alone.
            let matches = SearchMatches(
                search: SearchQuery("\"haus\""), language: try #require(SearchLanguage("german")), seesDisabled: false)
            #expect(try matches.posts.all(in: blog.database).map(\.id) == [post])
            // A handful of rows is read in any other way first.
            try blog.database.execute("DROP INDEX ix_posts_author_id_timestamp")
            try blog.database.execute("SET enable_seqscan = off")
            let plan = try blog.database.rows("EXPLAIN \(matches.posts.sql)", as: String.self).joined()
            #expect(plan.contains("ix_posts_search_german"))
        }
    }

    @Test("a language that the server does not have is refused by name, and so is what is none")
    func unknown() throws {
        try Blog.with(["flasky.search_language": "klingon"]) { blog in
            #expect(throws: QueryError.self) {
                try Flasky.reindexSearch(in: blog.database, settings: blog.app.settings) { _ in }
            }
        }
        #expect(throws: SettingError.self) { try Blog.with(["flasky.search_language": "x'--"]) { _ in } }
    }
}
