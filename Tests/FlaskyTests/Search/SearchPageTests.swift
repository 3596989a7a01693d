import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("The search page", .enabled(if: Blog.server != nil))
struct SearchPageTests {
    @Test("without a query there is a hint, and nothing is asked of the database")
    func hint() throws {
        try Blog.with { blog in
            let statements = try blog.statements {
                for address in ["/search", "/search?q=", "/search?q=%20!!!", "/search?q=-only"] {
                    let page = blog.client.get(address)
                    #expect(page.status == 200 && page.text.contains("Type words to look for."), "\(address)")
                }
            }
            #expect(statements.isEmpty)
            #expect(blog.client.get("/search").text.contains("<title>Flasky - Search</title>"))
        }
    }

    @Test("tabs have counts, words are marked, and what people wrote stays text")
    func page() throws {
        try Blog.with { blog in
            let john = try blog.add("swift_john")
            let post = try blog.add(post: "<script>alert('swift')</script> & swift\n\n`Array<swift>` & *swift*", by: john)
            let comment = try blog.add(comment: "swift \u{2}<b>indeed</b>", by: john, to: post)
            let page = blog.client.get("/search?q=swift").text
            #expect(page.contains("Posts <span class=\"badge\">1</span>"))
            #expect(page.contains("Users <span class=\"badge\">1</span>"))
            #expect(page.contains("Comments <span class=\"badge\">1</span>"))
            #expect(page.contains("Array&lt;<mark>swift</mark>&gt; &amp; <mark>swift</mark>"))
            #expect(!page.contains("<script>alert"))
            let comments = blog.client.get("/search?q=swift&type=comments").text
            #expect(comments.contains("href=\"/post/\(post)#comment-\(comment)\""))
            #expect(blog.client.get("/post/\(post)").text.contains("id=\"comment-\(comment)\""))
            #expect(comments.contains("<mark>swift</mark>") && !comments.contains("<b>"))
            let users = blog.client.get("/search?q=swift&type=users").text
            #expect(users.contains("href=\"/user/swift_john\""))
        }
    }

    @Test("what was typed comes back as it was, and pages and tabs keep it")
    func typed() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            for _ in 0..<21 { try blog.add(post: "tea & \"cakes\"", by: john) }
            let page = blog.client.get("/search?q=tea+%26+%22cakes%22").text
            #expect(page.contains("value=\"tea &amp; &#34;cakes&#34;\""))
            #expect(page.contains("/search?q=tea+%26+%22cakes%22&amp;type=posts&amp;page=2"))
            #expect(page.contains("/search?q=tea+%26+%22cakes%22&amp;type=comments\""))
            #expect(blog.client.get("/search?q=tea+%26+%22cakes%22&page=2").text.contains("<mark>tea</mark>"))
        }
    }

    @Test("a comment behind the first page of its post is led to where it stands")
    func commentPage() throws {
        try Blog.with(["flasky.comments_per_page": "3"]) { blog in
            let john = try blog.add("john")
            let (other, post) = (try blog.add(post: "other", by: john), try blog.add(post: "post", by: john))
            for number in 1...7 {
                try blog.add(comment: "elsewhere", by: john, to: other)
                try blog.add(comment: number == 7 ? "needle" : "straw \(number)", by: john, to: post)
            }
            let found = blog.client.get("/search?q=needle&type=comments").text
            let link = try #require(found.firstMatch(of: /href="(\/post\/\d+\?page=3)#(comment-\d+)"/))
            #expect(blog.client.get(String(link.1)).text.contains("id=\"\(link.2)\""))
        }
    }

    @Test("one client searches so often a minute, on the page and through the API; asking for nothing is free")
    func limit() throws {
        try Blog.with(["flasky.searches_per_address": "2"]) { blog in
            for _ in 0..<3 { #expect(blog.client.get("/search?q=").status == 200) }
            for _ in 0..<2 { #expect(blog.client.get("/search?q=tea").status == 200) }
            let refused = blog.client.get("/search?q=tea")
            #expect(refused.status == 429 && refused.headers["Retry-After"] != nil)
            let api = blog.api(as: try blog.add("john"))
            #expect(api.get("/search/?q=tea").status == 429)
            let other = blog.client
            other.remoteAddress = "192.0.2.9"
            #expect(other.get("/search?q=tea").status == 200)
        }
    }

    @Test("a page takes as many statements for one result as for many")
    func statements() throws {
        try Blog.with { blog in
            try blog.add(posts: 1)
            let addresses = ["/search?q=text", "/search?q=comment&type=comments", "/search?q=user1&type=users"]
            func counts() throws -> [Int] {
                try addresses.map { address in try blog.statements { #expect(blog.client.get(address).status == 200) }.count }
            }
            let few = try counts()
            try blog.add(posts: 40)
            let many = try counts()
            // Comments take one more, for where they stand; enough results need no suggestion.
            #expect(few == [4, 5, 4] && zip(few, many).allSatisfy { $1 <= $0 && $1 >= $0 - 1 }, "\(few) \(many)")
        }
    }

    @Test("the API finds the same, and refuses a type there is not")
    func resource() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            for _ in 0..<21 { try blog.add(post: "swift", by: john) }
            // "john@example.com:cat"
            let headers = ["Accept": "application/json", "Authorization": "Basic am9obkBleGFtcGxlLmNvbTpjYXQ="]
            let answer = blog.client.get("/api/v1/search/?q=swift", headers: headers)
            let json = try answer.json()
            #expect(json["count"] == 21 && json["counts"]?["users"] == 0 && json["suggestion"] == .null)
            #expect(json["next"] == "/api/v1/search/?q=swift&type=posts&page=2" && json["prev"] == .null)
            let first = try #require(json["results"]?[0])
            #expect(first["headline"] == "<mark>swift</mark>")
            #expect(first["author_url"] == .string("/api/v1/users/\(john.id)"))
            let wrong = blog.client.get("/api/v1/search/?q=swift&type=mails", headers: headers)
            #expect(wrong.status == 400)
        }
    }
}

@Suite("The plan of a search", .enabled(if: Blog.server != nil))
struct SearchPlanTests {
    @Test("among ten thousand posts the indexes are used")
    func plan() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            try blog.database.execute(
                """
                INSERT INTO posts (body, timestamp, author_id)
                SELECT 'word' || n % 500 || ' text number ' || n, now(), \(john.id) FROM generate_series(1, 10000) AS n
                """)
            try blog.database.execute(
                "INSERT INTO comments (body, timestamp, author_id, post_id) SELECT body, timestamp, author_id, id FROM posts")
            try blog.database.execute(
                """
                INSERT INTO users (username, email, member_since, last_seen)
                SELECT 'name' || n % 500 || '_' || n, 'e' || n, now(), now() FROM generate_series(1, 10000) AS n
                """)
            let language = try #require(SearchLanguage("english"))
            try SearchIndex(language: language, database: blog.database).makeCurrent { _ in }
            // As autovacuum does.
            for table in ["posts", "comments", "users"] {
                try blog.database.execute("VACUUM (ANALYZE) \(identifier: table)")
            }
            let posts = SearchMatches(search: SearchQuery("word77 text"), language: language, seesDisabled: false)
            let people = SearchMatches(search: SearchQuery("name77"), language: language, seesDisabled: false)
            let page = PageRequest(number: 1, perPage: 20)
            let queries: [(SQL, String, String)] = [
                (posts.posts(on: page).limit(20).sql, "ix_posts_search_english", "posts"),
                (posts.comments(on: page).limit(20).sql, "ix_comments_search_english", "comments"),
                (people.bestUsers.limit(20).sql, "ix_users_search", "users"),
            ]
            for (sql, index, table) in queries {
                let plan = try blog.database.rows("EXPLAIN \(sql)", as: String.self).joined(separator: "\n")
                #expect(plan.contains("Bitmap Index Scan on \(index)"), "\(plan)")
                #expect(!plan.contains("Seq Scan on \(table)"), "\(plan)")
            }
            let unknown = SearchMatches(search: SearchQuery("wrod nam77 txet"), language: language, seesDisabled: false)
            let suggestion = SuggestionSearch(matches: unknown, kind: .posts, spelling: .folded)
            let plan = try blog.database.rows("EXPLAIN \(suggestion.sql)", as: String.self).joined(separator: "\n")
            for table in ["posts", "comments", "users"] { #expect(!plan.contains("Seq Scan on \(table)"), "\(plan)") }
        }
    }
}
