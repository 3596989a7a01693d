import Roost
import RoostPostgres
import Testing

@testable import Flasky

extension Blog {
    /// What a search finds, as ids or names.
    func find(_ typed: String, _ kind: SearchKind = .posts, page: Int = 1, seesDisabled: Bool = false) throws -> SearchResults {
        let language = try #require(SearchLanguage("english"))
        return try Search(language: language, seesDisabled: seesDisabled)
            .find(SearchQuery(typed), kind, PageRequest(number: page, perPage: 20), in: database)
    }

    /// Brings the words for suggestions up to date.
    func readWords() throws { try database.execute("REFRESH MATERIALIZED VIEW search_words") }
}

extension SearchResults {
    var postIDs: [Int] {
        hits.items.compactMap { if case .post(let post) = $0.content { post.id } else { nil } }
    }

    var usernames: [String] {
        hits.items.compactMap { if case .user(let user) = $0.content { user.username } else { nil } }
    }
}

@Suite("Search", .enabled(if: Blog.server != nil))
struct SearchTests {
    @Test("words are found in every form, phrases as they stand, and what is left out is not")
    func words() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let run = try blog.add(post: "She was **running** a Swift server", by: john)
            let swift = try blog.add(post: "Swift birds serve nobody", by: john)
            let other = try blog.add(post: "Nothing of the kind", by: john)
            let asked: [(String, Set<Int>)] = [
                ("runs", [run]), ("swift", [run, swift]), ("\"swift server\"", [run]), ("swift -birds", [run]),
                ("birds OR kind", [swift, other]), ("SWIFT serv", [run, swift]), ("swift nothing", []), ("the", []),
                ("the -swift", []),
            ]
            for (typed, expected) in asked {
                let found = try blog.find(typed)
                #expect(Set(found.postIDs) == expected, "\(typed)")
                #expect(found.counts[.posts] == expected.count, "\(typed)")
            }
        }
    }

    @Test("the last word is also a beginning")
    func beginning() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "PostgreSQL replication", by: john)
            #expect(try blog.find("replication postg").postIDs == [post])
            #expect(try blog.find("postg replication").postIDs == [])
        }
    }

    @Test("what fits better comes first, and of two that fit alike the newer one")
    func ranking() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let weak = try blog.add(post: "swift among many other words that say something else entirely", by: john)
            let strong = try blog.add(post: "swift swift swift", by: john)
            let old = try blog.add(post: "swift swift swift", by: john)
            try blog.database.execute("UPDATE posts SET timestamp = timestamp - interval '3 years' WHERE id = \(old)")
            let order = try blog.find("swift").postIDs
            #expect(order.first == strong && Set(order) == [weak, strong, old])
            #expect(order.firstIndex(of: strong) ?? 9 < order.firstIndex(of: old) ?? 0)
        }
    }

    @Test("nothing that can be typed is an error")
    func anything() throws {
        try Blog.with { blog in
            try blog.add(post: "something", by: try blog.add("john"))
            let hostile = [
                "", "\u{0}", "a\u{0}b", "!!!", "🙂", "'", "''", "\\", "\"", "\"\"\"", "a & | ! <-> :* b", "a:b*", "(((", "-", "- -",
                "OR OR OR", "x OR", "%", "$1", "a'b\\c\"d", "1e309", "http://a.b/c?d=e", "john@example.com", "-1.5", "\u{202E}abc",
                String(repeating: "word ", count: 100_000), String(repeating: "\u{1F600}", count: 999),
                String(repeating: "((a|b)&", count: 500), "x" + String(repeating: "'", count: 255), "\u{FEFF}", "ﬀ ß İ",
            ]
            for typed in hostile {
                for kind in SearchKind.allCases { _ = try blog.find(typed, kind) }
            }
            let page = blog.client.get("/search?q=%00%27%22%5C%F0%9F%99%82%ff&type=nonsense&page=-7")
            #expect(page.status == 200)
        }
    }

    @Test("people are found by name, place and what they say about themselves, never by their address")
    func people() throws {
        try Blog.with { blog in
            let ada = try blog.add("ada_keller")
            try blog.database.execute(
                """
                UPDATE users SET name = 'Ada Keller-Braun', location = 'Basel', about_me = 'I like mountains', email = 'secret@hidden.org'
                WHERE id = \(ada.id)
                """)
            for typed in ["ada", "keller", "ada_keller", "ada keller", "braun", "basel mountains", "moun"] {
                #expect(try blog.find(typed, .users).usernames == ["ada_keller"], "\(typed)")
            }
            for typed in ["secret", "hidden", "secret@hidden.org", "hidden.org", "example"] {
                let found = try blog.find(typed, .users)
                #expect(found.usernames.isEmpty && found.counts[.users] == 0, "\(typed)")
            }
        }
    }

    @Test("a hidden comment is found by moderators only")
    func disabled() throws {
        try Blog.with { blog in
            let (john, boss) = (try blog.add("john"), try blog.add("boss", role: "Moderator"))
            let post = try blog.add(post: "a post", by: john)
            try blog.add(comment: "a shameful word", by: john, to: post)
            try blog.database.execute("UPDATE comments SET disabled = true")
            #expect(try blog.find("shameful", .comments).hits.total == 0)
            #expect(try blog.find("shameful", .comments, seesDisabled: true).hits.total == 1)
            let address = "/search?q=shameful&type=comments"
            #expect(try !blog.client(of: john).get(address).text.contains("<mark>shameful</mark>"))
            #expect(try blog.client(of: boss).get(address).text.contains("<mark>shameful</mark>"))
            try blog.readWords()
            #expect(try blog.find("shamefull", .comments).suggestion.text == nil)
        }
    }

    @Test("a text too large for an index can be stored, and is found by its beginning")
    func large() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let words = (0..<300_000).map { "w\($0)" }.joined(separator: " ")
            try blog.database.execute(
                "INSERT INTO posts (body, timestamp, author_id) VALUES (\("beginning " + words), now(), \(john.id))")
            #expect(try blog.find("beginning").hits.total == 1)
            #expect(try blog.find("w299999").hits.total == 0)
        }
    }

    @Test("little found: similar words and people are offered")
    func suggestions() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            try blog.add(post: "Postgres replication explained", by: john)
            try blog.add("susan")
            try blog.readWords()
            #expect(try blog.find("postgers replication").suggestion.text == "postgres replication")
            #expect(try blog.find("replication").suggestion.text == nil)
            #expect(try blog.find("suzan", .users).suggestion.people == ["susan"])
            let page = blog.client.get("/search?q=postgers").text
            #expect(page.contains("Did you mean <a href=\"/search?q=postgres&amp;type=posts\">postgres</a>?"))
        }
    }

    @Test("without the extension for similar words search finds what is spelt as typed")
    func withoutTrigrams() throws {
        try Blog.with { blog in
            let post = try blog.add(post: "Postgres replication", by: try blog.add("john"))
            try blog.readWords()
            // The extension is out of reach, as if it were not there.
            try blog.database.execute("SELECT set_config('search_path', current_schema(), false)")
            #expect(try blog.find("postgres").postIDs == [post])
            let none = try blog.find("postgers")
            #expect(none.hits.total == 0 && none.suggestion.text == nil)
        }
    }

    @Test("behind what is ranked the pages go on by time, without a gap")
    func pages() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let count = SearchMatches.ranked + 30
            try blog.database.execute(
                """
                INSERT INTO posts (body, timestamp, author_id)
                SELECT 'swift ' || n, timestamp '2026-01-01' + n * interval '1 minute', \(john.id)
                FROM generate_series(1, \(count)::int) AS n
                """)
            var seen: [Int] = []
            let pages = (count + 19) / 20
            for page in 1...pages { seen += try blog.find("swift", page: page).postIDs }
            #expect(seen.count == count && Set(seen).count == count)
            #expect(try blog.find("swift", page: pages + 1).postIDs.isEmpty)
            #expect(try blog.find("swift", page: .max).hits.total == count)
            #expect(try blog.find("swift", page: .min).postIDs.count == 20)
        }
    }
}
