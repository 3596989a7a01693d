import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("What another application wrote", .enabled(if: Blog.server != nil))
struct AdoptedDataTests {
    @Test("rows without times and hashes break no page, and whoever comes back is seen")
    func missing() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "old", by: john)
            try blog.add(comment: "older", by: john, to: post)
            try blog.database.execute("UPDATE users SET member_since = NULL, last_seen = NULL, avatar_hash = NULL")
            try blog.database.execute("UPDATE posts SET timestamp = NULL, body_html = NULL")
            try blog.database.execute("UPDATE comments SET timestamp = NULL, disabled = NULL")
            for path in ["/", "/user/john", "/post/\(post)", "/followers/john"] {
                let answer = blog.client.get(path)
                #expect(answer.status == 200, "\(path): \(answer.text)")
            }
            try blog.database.execute("UPDATE roles SET permissions = NULL, \"default\" = NULL")
            let old = try #require(try User.find(john.id, in: blog.database))
            let answer = try blog.client(of: old).get("/user/john")
            #expect(answer.status == 200)
            #expect(try blog.client(of: old).get("/moderate").status == 403, "a role of which nothing is known")
            let seen = try blog.database.value("SELECT last_seen IS NOT NULL FROM users", as: Bool.self)
            #expect(seen)
        }
    }
}
