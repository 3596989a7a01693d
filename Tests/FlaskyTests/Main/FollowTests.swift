import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Following", .enabled(if: Blog.server != nil))
struct FollowTests {
    /// What one click says and where it leads.
    private func answer(_ path: String, _ client: TestClient, _ blog: Blog, post: Bool) -> [String] {
        var location = ""
        let flashes = blog.flashes { location = (post ? client.post(path) : client.get(path)).location ?? "none" }
        return flashes + [location]
    }

    @Test("following and unfollowing say what happened, by POST and by the book's links", arguments: [true, false])
    func follow(post: Bool) throws {
        try Blog.with { blog in
            try blog.add("john")
            let susan = try blog.client(of: try blog.add("susan"))
            func answers(_ path: String) -> [String] { answer(path, susan, blog, post: post) }
            #expect(answers("/unfollow/john") == ["You are not following this user.", "/user/john"])
            #expect(answers("/follow/john") == ["You are now following john.", "/user/john"])
            #expect(answers("/follow/john") == ["You are already following this user.", "/user/john"])
            #expect(try blog.follows == 1)
            #expect(answers("/unfollow/john") == ["You are not following john anymore.", "/user/john"])
            #expect(try blog.follows == 0)
            #expect(answers("/follow/nobody") == ["Invalid user.", "/"])
            #expect(answers("/unfollow/nobody") == ["Invalid user.", "/"])
        }
    }

    @Test("everybody follows himself, and that stays so")
    func oneself() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let client = try blog.client(of: john)
            #expect(
                answer("/follow/john", client, blog, post: true) == [
                    "You are already following this user.", "/user/john",
                ])
            #expect(
                answer("/unfollow/john", client, blog, post: true) == [
                    "You are not following this user.", "/user/john",
                ])
            #expect(try blog.count(Follow.self) == 1)
        }
    }

    @Test("strangers log in first, and who may not follow gets 403, also for names that nobody has")
    func refused() throws {
        try Blog.with { blog in
            let mute = try blog.client(of: try blog.add("mute", role: "none"))
            for path in ["/follow/nobody", "/unfollow/nobody"] {
                #expect(
                    blog.client.post(path).location
                        == "/auth/login?next=%2F\(path.dropFirst().replacing("/", with: "%2F"))")
                #expect(mute.post(path).status == 403 && mute.get(path).status == 403)
            }
        }
    }

    @Test("two requests that follow at once leave one row")
    func atOnce() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let other = Connection(settings: blog.database.settings)
            defer { other.close() }
            var first = false
            var second: Bool?
            try blog.database.transaction {
                first = try susan.follow(john, in: blog.database)
                // The other one would wait for this transaction; it is refused the wait and asks again afterwards.
                try other.execute("SET lock_timeout = '50ms'")
                second = try? susan.follow(john, in: other)
            }
            #expect(first && second == nil)
            #expect(try susan.follow(john, in: other) == false)
            #expect(try blog.follows == 1)
        }
    }

    @Test("the lists leave oneself out, in the order of following, and count right")
    func lists() throws {
        try Blog.with(["flasky.followers_per_page": "2"]) { blog in
            let john = try blog.add("john")
            let others = try ["zoe", "amy", "bob"].map { try blog.add($0) }
            for (day, user) in others.enumerated() {
                _ = try user.follow(john, in: blog.database)
                try blog.database.execute(
                    """
                    UPDATE follows SET timestamp = \("2026-01-0\(day + 1) 10:00:00")::timestamp
                    WHERE follower_id = \(user.id) AND followed_id = \(john.id)
                    """)
            }
            func names(_ path: String) -> [String] {
                blog.client.get(path).text.split(separator: "class=\"follower\" href=\"/user/").dropFirst()
                    .map { String($0.prefix { $0 != "\"" }) }
            }
            #expect(names("/followers/john") == ["zoe", "amy"] && names("/followers/john?page=2") == ["bob"])
            #expect(names("/followed_by/john") == [] && names("/followed_by/zoe") == ["john"])
            let text = blog.client.get("/followers/john").text
            #expect(
                text.contains("<title>Flasky - Followers of john</title>")
                    && text.contains("<h1>Followers of john</h1>"))
            #expect(text.contains("<th>User</th>") && text.contains("<th>Since</th>"))
            #expect(text.contains("data-timestamp=\"2026-01-01T10:00:00Z\" data-format=\"format('L')\""))
            #expect(text.contains("href=\"/followers/john?page=2\"") && !text.contains("?page=3"))
            let followed = blog.client.get("/followed_by/zoe").text
            #expect(
                followed.contains("<h1>Followed by zoe</h1>") && followed.contains("href=\"/followed_by/zoe?page=1\""))
            let profile = blog.client.get("/user/john").text
            #expect(profile.contains("<a href=\"/followers/john\">Followers: <span class=\"badge\">3</span></a>"))
        }
    }

    @Test("the lists of a name that nobody has lead home", arguments: ["/followers/nobody", "/followed_by/nobody"])
    func unknown(path: String) throws {
        try Blog.with { blog in
            #expect(answer(path, blog.client, blog, post: false) == ["Invalid user.", "/"])
            #expect(blog.client.post(path).status == 405)
        }
    }
}
