import Roost
import RoostHTTP
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Users in the API", .enabled(if: Blog.server != nil))
struct UserResourceTests {
    @Test("a user has these keys and no others: no address, name or whereabouts")
    func keys() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            try blog.add(post: "x", by: john)
            try blog.database.execute(
                """
                UPDATE users SET member_since = '2026-11-21 02:08:18', last_seen = '2026-11-21 02:08:22.5',
                  name = 'John', location = 'here'
                """)
            let path = "/api/v1/users/\(john.id)"
            #expect(
                try blog.api(as: john).get("/users/\(john.id)").json() == [
                    "followed_posts_url": .string(path + "/timeline/"), "last_seen": "Sat, 21 Nov 2026 02:08:22 GMT",
                    "member_since": "Sat, 21 Nov 2026 02:08:18 GMT", "post_count": 1,
                    "posts_url": .string(path + "/posts/"), "url": .string(path), "username": "john",
                ])
        }
    }

    @Test("the posts of a user and the timeline of the followed are the newest first")
    func posts() throws {
        try Blog.with { blog in
            let (john, susan, mary) = (try blog.add("john"), try blog.add("susan"), try blog.add("mary"))
            try blog.database.execute("INSERT INTO follows (follower_id, followed_id) VALUES (\(john.id), \(susan.id))")
            for number in 1...22 { try blog.add(post: "susan \(number)", by: susan) }
            try blog.add(post: "john", by: john)
            try blog.add(post: "mary", by: mary)
            func page(_ path: String) throws -> (bodies: [String], json: JSONValue) {
                let json = try blog.api(as: mary).get(path).json()
                return (json["posts"]?.array?.compactMap { $0["body"]?.string } ?? [], json)
            }
            let own = try page("/users/\(susan.id)/posts/")
            #expect(own.bodies == (3...22).reversed().map { "susan \($0)" } && own.json["count"] == 22)
            #expect(own.json["next"] == .string("/api/v1/users/\(susan.id)/posts/?page=2"))
            let timeline = try page("/users/\(john.id)/timeline/")
            #expect(timeline.bodies.prefix(2) == ["john", "susan 22"] && timeline.json["count"] == 23)
            #expect(timeline.json["next"] == .string("/api/v1/users/\(john.id)/timeline/?page=2"))
            #expect(try page("/users/\(john.id)/timeline/?page=2").bodies == ["susan 3", "susan 2", "susan 1"])
            #expect(try page("/users/\(mary.id)/timeline/").bodies == ["mary"])
        }
    }

    @Test("a user who is not there is 404", arguments: ["/users/9", "/users/9/posts/", "/users/9/timeline/"])
    func missing(path: String) throws {
        try Blog.with { blog in
            let answer = blog.api(as: try blog.add("john")).get(path)
            let problem = try answer.json()
            #expect(answer.status == 404 && problem == Problem.notFound)
        }
    }
}
