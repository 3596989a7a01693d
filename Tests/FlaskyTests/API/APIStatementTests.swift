import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("The number of statements of API calls", .enabled(if: Blog.server != nil))
struct APIStatementTests {
    @Test("a list takes as many statements for many as for one, and never more than four")
    func lists() throws {
        try Blog.with { blog in
            let reader = try blog.add("reader", role: "Moderator")
            try blog.add(posts: 1)
            let author = try #require(try User.find(username: "user1-1", in: blog.database)).id
            let paths = [
                "/posts/", "/posts/1", "/posts/1/comments/", "/comments/", "/comments/1", "/users/\(author)",
                "/users/\(author)/posts/", "/users/\(author)/timeline/",
            ]
            func statements(_ path: String) throws -> Int {
                try blog.statements { #expect(blog.api(as: reader).get(path).status == 200, "\(path)") }.count
            }
            let few = try paths.map { try statements($0) }
            try blog.add(posts: 40)
            // All posts and comments become the author's, so that every list is full.
            try blog.database.execute("UPDATE posts SET author_id = \(author)")
            try blog.database.execute("UPDATE comments SET post_id = 1")
            try blog.database.execute("INSERT INTO follows (follower_id, followed_id) VALUES (\(author), \(author))")
            for (path, before) in zip(paths, few) {
                let after = try statements(path)
                // A full page asks how many there are in all.
                #expect(after <= before + 1 && after <= 4, "\(path): \(before), \(after)")
            }
        }
    }

    @Test("a change takes at most three, getting a token one, a refusal without credentials none")
    func changes() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let id = try blog.add(post: "x", by: john)
            let counts = [
                try blog.statements { _ = blog.api(as: john).post("/posts/", ["body": "x"]) }.count,
                try blog.statements { _ = blog.api(as: john).put("/posts/\(id)", ["body": "y"]) }.count,
                try blog.statements { _ = blog.api(as: john).post("/posts/\(id)/comments/", ["body": "x"]) }.count,
                try blog.statements { _ = blog.api(as: john).post("/tokens/") }.count,
                try blog.statements { _ = blog.anonymousAPI.get("/posts/") }.count,
            ]
            #expect(counts == [2, 3, 3, 1, 0])
        }
    }
}
