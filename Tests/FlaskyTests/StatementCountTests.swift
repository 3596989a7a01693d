import Roost
import RoostPostgres
import Testing

@testable import Flasky

extension Blog {
    /// Adds posts by as many authors, each with two comments.
    func add(posts: Int) throws {
        try database.execute(
            """
            WITH people AS (
              INSERT INTO users (username, email, member_since, last_seen)
              SELECT 'user' || i || '-' || \(posts), i || '-' || \(posts) || '@example.com', now(), now()
              FROM generate_series(1, \(posts)::int) AS i RETURNING id),
            written AS (
              INSERT INTO posts (body, body_html, timestamp, author_id)
              SELECT 'text', '<p>text</p>', now(), id FROM people RETURNING id, author_id)
            INSERT INTO comments (body, timestamp, author_id, post_id)
            SELECT 'comment', now(), author_id, written.id FROM written, generate_series(1, 2)
            """)
    }
}

@Suite("The number of statements", .enabled(if: Blog.server != nil))
struct StatementCountTests {
    /// Each page, and the most statements it may take: for strangers, and for somebody logged in, found by one more.
    private static let pages: [(path: String, stranger: Int, administrator: Int)] = [
        ("/", 2, 3), ("/?page=2", 2, 3), ("/post/1", 2, 3), ("/post/1?page=-1", 2, 3), ("/user/user1-1", 2, 4),
        ("/followers/user1-1", 3, 4), ("/followed_by/user1-1", 3, 4), ("/moderate", 0, 3), ("/edit/1", 0, 2),
        ("/edit-profile", 0, 1), ("/edit-profile/1", 0, 3),
    ]

    @Test("a page takes as many statements for many rows as for one, for strangers and for those who are logged in")
    func constant() throws {
        try Blog.with { blog in
            try blog.add(posts: 1)
            try check(blog)
            try blog.add(posts: 60)
            // The first user follows and is followed by all, and has all the comments of a post.
            try blog.database.execute(
                """
                INSERT INTO follows SELECT a.id, b.id, now() FROM users a, users b WHERE 1 IN (a.id, b.id)
                ON CONFLICT DO NOTHING
                """)
            try blog.database.execute("UPDATE comments SET post_id = 1")
            try check(blog)
            let home = blog.client.get("/").text
            #expect(home.split(separator: "class=\"post\"").count - 1 == 20)
        }
    }

    private func check(_ blog: Blog) throws {
        let name = "ada\(try User.query.count(in: blog.database))"
        let ada = try blog.client(of: try blog.add(name, role: "Administrator"))
        ada.cookies["show_followed"] = "1"
        for page in Self.pages {
            for (client, most) in [(blog.client, page.stranger), (ada, page.administrator)] where most > 0 {
                let statements = try blog.statements {
                    let response = client.get(page.path)
                    #expect(response.status == 200, "\(page.path): \(response.text)")
                }
                #expect(statements.count <= most, "\(page.path): \(statements)")
            }
        }
    }

    @Test("roles are made once and brought up to date")
    func roles() throws {
        try Blog.with { blog in
            try blog.database.execute("UPDATE roles SET permissions = 0")
            try Flasky.insertRoles(in: blog.database)
            let roles = try Role.query.order(\.id.ascending).all(in: blog.database)
            #expect(roles.map(\.name) == ["User", "Moderator", "Administrator"])
            #expect(
                roles.map(\.permissions.rawValue) == [7, 15, 31] && roles.map(\.isDefault) == [true, false, false])
        }
    }
}
