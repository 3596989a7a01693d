import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Links that change something, as in the book", .enabled(if: Blog.server != nil))
struct LegacyGetTests {
    @Test("a link works as in the book, but not when another site led here")
    func crossSite() throws {
        try Blog.with { blog in
            let susan = try blog.client(of: try blog.add("susan"))
            try blog.add("john")
            for site in ["same-origin", "same-site", "none"] {
                let response = susan.get("/unfollow/john", headers: ["Sec-Fetch-Site": site])
                #expect(response.status == 302 && response.location == "/user/john", "\(site)")
            }
            #expect(susan.get("/follow/john", headers: ["Sec-Fetch-Site": "cross-site"]).status == 403)
            #expect(try blog.follows == 0)
            #expect(susan.get("/follow/john").status == 302)
            #expect(try blog.follows == 1)
        }
    }

    @Test("a stranger whom another site leads here is not asked to log in, which would change something afterwards")
    func crossSiteStranger() throws {
        try Blog.with { blog in
            try blog.add("john")
            let response = blog.client.get("/follow/john", headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(response.status == 403 && response.headers["Set-Cookie"] == nil)
        }
    }

    @Test("with legacy_get off only POST changes something", arguments: ["GET", "HEAD"] as [HTTPMethod])
    func switchedOff(method: HTTPMethod) throws {
        try Blog.with(["flasky.legacy_get": "false"]) { blog in
            let susan = try blog.client(of: try blog.add("susan"))
            try blog.add("john")
            let refused = susan.send(method, "/follow/john")
            #expect(refused.status == 405 && refused.headers["Allow"] == "POST")
            #expect(try blog.follows == 0)
            #expect(susan.post("/follow/john").status == 302)
            #expect(try blog.follows == 1)
        }
    }

    @Test("POST needs the token of a page of the blog")
    func token() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let susan = try blog.client(of: try blog.add("susan"))
            try blog.add("john")
            #expect(susan.post("/follow/john").status == 400)
            #expect(try blog.follows == 0)
            #expect(try susan.press("/follow/john", on: "/user/john").status == 302)
            #expect(try blog.follows == 1)
        }
    }
}

extension Blog {
    /// How many follow somebody else.
    var follows: Int {
        get throws { try Follow.query.where { $0.followerID != $0.followedID }.count(in: database) }
    }
}
