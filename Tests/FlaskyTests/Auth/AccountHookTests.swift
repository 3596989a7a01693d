import Roost
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("What happens before every view", .enabled(if: Blog.server != nil))
struct AccountHookTests {
    @Test("an unconfirmed user is sent to the page that says so, but not from /auth, files, the API and nowhere")
    func unconfirmed() throws {
        try Blog.with { blog in
            try blog.add("john", isConfirmed: false)
            let client = try blog.loggedIn("john")
            for path in ["/", "/user/john", "/edit-profile"] {
                #expect(client.get(path).location == "/auth/unconfirmed", "\(path)")
            }
            for path in ["/auth/login", "/auth/change-password", "/auth/unconfirmed", "/static/styles.css"] {
                #expect(client.get(path).status == 200, "\(path)")
            }
            #expect(client.get("/nowhere").status == 404)
            #expect(client.get("/api/v1/posts/").location == nil)
            #expect(blog.client.get("/").status == 200)
            #expect(blog.client.get("/auth/unconfirmed").location == "/")
        }
    }

    private func lastSeen(_ user: User, _ blog: Blog) throws -> Int64 {
        try #require(try User.find(user.id, in: blog.database)).lastSeen.unixSeconds
    }

    @Test("a user is noticed once a minute, in one statement that changes this column alone")
    func lastSeen() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let client = try blog.loggedIn("john")
            let start = try lastSeen(john, blog)
            var now = start + 59
            blog.app.unixTime = { now }
            let early = try blog.statements { _ = client.get("/auth/change-password") }
            #expect(try lastSeen(john, blog) == start && early.allSatisfy { !$0.contains("UPDATE") }, "\(early)")

            now = start + 61
            let noticed = try blog.statements { _ = client.get("/nowhere") }.filter { $0.contains("UPDATE") }
            #expect(noticed.count == 1 && noticed[0].contains("SET \"last_seen\" = "), "\(noticed)")
            #expect(!noticed[0].contains(","), "one column: \(noticed)")
            #expect(try lastSeen(john, blog) == now)
            let again = try blog.statements { _ = client.get("/nowhere") }.filter { $0.contains("UPDATE") }
            #expect(again == [])
            now += 100
            _ = client.get("/static/styles.css")
            #expect(try lastSeen(john, blog) == now - 100)
        }
    }

    @Test("a stranger costs no statement and gets no cookie")
    func stranger() throws {
        try Blog.with { blog in
            for path in ["/nowhere", "/static/styles.css", "/auth/unconfirmed"] {
                var response: TestResponse?
                let statements = try blog.statements { response = blog.client.get(path) }
                #expect(statements == [], "\(path)")
                #expect(response?.headers["Set-Cookie"] == nil, "\(path)")
            }
        }
    }

    @Test("somebody who is logged in is found with one statement, in whatever places a request asks who it is")
    func oneStatement() throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = try blog.loggedIn("john")
            let statements = try blog.statements { #expect(client.get("/auth/change-password").status == 200) }
            #expect(statements.count == 1, "\(statements)")
        }
    }
}
