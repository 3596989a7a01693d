import RoostPostgres
import Testing

@testable import Flasky

@Suite("The number of posts", .enabled(if: Blog.server != nil))
struct PostCountTests {
    @Test("a post that is shown is counted, others are after a while, and nothing is counted twice")
    func counting() throws {
        try Blog.with { blog in
            var time = ContinuousClock.now
            let count = PostCount { time }
            let john = try blog.add("john")
            func total() throws -> Int { try count.total(knowing: newest(1), in: blog.database) }
            func newest(_ number: Int) throws -> [Post] {
                try Post.query.order(\.id.descending).limit(number).all(in: blog.database)
            }
            for number in 1...3 { try blog.add(post: "\(number)", by: john) }
            let first = try total()
            #expect(first == 3)
            let again = try blog.statements { _ = try count.total(knowing: [], in: blog.database) }
            #expect(again.isEmpty)

            try blog.add(post: "4", by: john)
            let unseen = try count.total(knowing: [], in: blog.database)
            let seen = try total()
            #expect(unseen == 3 && seen == 4)

            try blog.database.execute("DELETE FROM posts WHERE body = '1'")
            let before = try total()
            time += PostCount.life
            let after = try total()
            #expect(before == 4 && after == 3)
        }
    }
}
