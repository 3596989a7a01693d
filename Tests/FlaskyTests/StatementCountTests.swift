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
              INSERT INTO posts (body, timestamp, author_id) SELECT 'text', now(), id FROM people RETURNING id, author_id)
            INSERT INTO comments (body, timestamp, author_id, post_id)
            SELECT 'comment', now(), author_id, written.id FROM written, generate_series(1, 2)
            """)
    }
}

@Suite("The number of statements", .enabled(if: Blog.server != nil))
struct StatementCountTests {
    @Test("a page takes as many statements for twenty posts as for one")
    func constant() throws {
        try Blog.with { blog in
            func statements(_ path: String) throws -> [String] {
                try blog.statements {
                    let response = blog.client.get(path)
                    #expect(response.status == 200, "\(path): \(response.text)")
                }
            }
            try blog.add(posts: 1)
            let paths = ["/", "/post/1", "/user/user1-1"]
            let few = try paths.map { try statements($0) }
            try blog.add(posts: 40)
            for (path, before) in zip(paths, few) {
                let after = try statements(path)
                // A full first page asks how many there are in all.
                #expect(after.count <= before.count + 1 && after.count <= 3, "\(path): \(after)")
            }
            let home = blog.client.get("/").text
            #expect(home.split(separator: "class=\"post\"").count - 1 == 20)
            #expect(home.split(separator: "2 Comments").count - 1 == 20)
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
