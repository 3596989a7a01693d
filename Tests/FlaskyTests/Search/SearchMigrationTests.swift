import FoundationEssentials
import RoostMigrations
import RoostPostgres
import Testing

@testable import Flasky

@Suite("The migration of the search", .enabled(if: Blog.server != nil))
struct SearchMigrationTests {
    /// A database of its own and a role that may make tables in it and nothing else.
    private func withDatabase(_ body: (_ url: String, _ asRole: String) throws -> Void) throws {
        let base = try #require(Blog.server)
        let name = "f_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE DATABASE \(identifier: name)")
        try admin.execute("CREATE ROLE \(identifier: name)")
        defer {
            _ = try? admin.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
            _ = try? admin.execute("DROP ROLE \(identifier: name)")
        }
        let url = base + (base.contains("?") ? "&" : "?") + "dbname=\(name)"
        let inside = Connection(settings: ConnectionSettings(url: url))
        try inside.execute("GRANT CREATE ON SCHEMA public TO \(identifier: name)")
        inside.close()
        try body(url, url + "&options=-crole%3D\(name)")
    }

    @Test("a role that may not make the extension is told what to do, and searching works; then the extension is taken up")
    func refused() throws {
        try withDatabase { url, asRole in
            let folder = try MigrationFolder(path: Blog.root + "/migrations")
            let migrator = Migrator(settings: ConnectionSettings(url: asRole), folder: folder)
            var notices: [String] = []
            migrator.onEvent = { if case .notice(let text) = $0 { notices.append(text) } }
            try migrator.upgrade()
            #expect(notices.count == 1 && notices[0].contains("CREATE EXTENSION pg_trgm SCHEMA public"))
            let database = Connection(settings: ConnectionSettings(url: asRole))
            defer { database.close() }
            let english = try #require(SearchLanguage("english"))
            let index = SearchIndex(language: english, database: database)
            let found = try Search(language: english)
                .find(SearchQuery("nothing"), .posts, PageRequest(number: 1, perPage: 20), in: database)
            #expect(found.hits.total == 0 && found.suggestion.text == nil)
            let complaints = try index.complaints()
            #expect(complaints.count == 1 && complaints[0].contains("CREATE EXTENSION pg_trgm SCHEMA public"))
            let admin = Connection(settings: ConnectionSettings(url: url))
            try admin.execute("CREATE EXTENSION pg_trgm SCHEMA public")
            admin.close()
            var said: [String] = []
            try index.makeCurrent { said.append($0) }
            #expect(said.prefix(2) == ["made the index ix_users_trigrams", "made the index ix_search_words_trigrams"])
            #expect(try index.complaints().isEmpty)
        }
    }

    @Test("a language that the server does not have is told first, with those it has, and searching says so in the log")
    func unknownLanguage() throws {
        try Blog.with { blog in
            let (klingon, none) = (try #require(SearchLanguage("klingon")), try #require(SearchLanguage("nowhere.english")))
            for language in [klingon, none] {
                let complaints = try SearchIndex(language: language, database: blog.database).complaints()
                let first = try #require(complaints.first)
                #expect(first.contains("flasky.search_language") && first.contains(language.name), "\(first)")
                #expect(first.contains("english, ") && first.contains("pg_ts_config"), "\(first)")
                #expect(!complaints.contains { $0.contains("ix_posts_search") }, "\(complaints)")
            }
            for name in ["english", "pg_catalog.english"] {
                let known = try #require(SearchLanguage(name))
                let complaints = try SearchIndex(language: known, database: blog.database).complaints()
                #expect(!complaints.contains { $0.contains("flasky.search_language") }, "\(complaints)")
            }
            let error = #expect(throws: QueryError.self) {
                _ = try Search(language: klingon)
                    .find(SearchQuery("word"), .posts, PageRequest(number: 1, perPage: 20), in: blog.database)
            }
            #expect(error?.message.contains("klingon") == true)
        }
    }

    @Test("it can be undone and done again, with the indexes of any language")
    func undone() throws {
        try Blog.with { blog in
            let settings = blog.database.settings
            let german = try #require(SearchLanguage("german"))
            try SearchIndex(language: german, database: blog.database).makeCurrent { _ in }
            let migrator = Migrator(settings: settings, folder: try MigrationFolder(path: Blog.root + "/migrations"))
            try migrator.downgrade(to: "8")
            let left = try blog.database.value(
                "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname ~ 'search|trigrams'",
                as: Int.self)
            #expect(left == 0)
            try migrator.upgrade()
            #expect(try blog.find("anything").hits.total == 0)
        }
    }
}
