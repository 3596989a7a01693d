import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("What sessions keep of a login", .enabled(if: Blog.server != nil))
struct SharedLoginTests {
    @Test("a login is bound to the password: neither the id alone nor another digest is one")
    func bound() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let id = try blog.loggedIn("john").session { $0["_user_id"]?.string }
            #expect(id == john.loginID && id?.hasPrefix("\(john.id).") == true && id != susan.loginID)
            let digest = susan.loginID.split(separator: ".")[1]
            for text in [
                "\(john.id)", "\(john.id).", "\(john.id).\(digest)", "", ".", "x.y", "99", "\(Int.max).\(digest)",
            ] {
                let client = blog.client
                try client.session { $0["_user_id"] = .text(text) }
                #expect(!client.isLoggedIn, "\(text)")
                let after = try client.session { $0["_user_id"] }
                #expect(after == nil, "\(text)")
            }
        }
    }

    @Test("with shared logins the session keeps the plain id, as the Python application reads and writes it")
    func shared() throws {
        try Blog.with(["flasky.shared_logins": "true"]) { blog in
            let john = try blog.add("john")
            let client = try blog.loggedIn("john", remember: true)
            #expect(try client.session { $0["_user_id"]?.string } == "\(john.id)")
            #expect(client.cookies["remember_token"]?.hasPrefix("\(john.id)|") == true)
            client.cookies["session"] = nil
            #expect(client.isLoggedIn)

            let other = blog.client
            try other.session { $0["_user_id"] = .text("\(john.id)") }
            let change = other.post(
                "/auth/change-password", form: ["old_password": "cat", "password": "dog", "password2": "dog"])
            #expect(change.status == 302 && other.isLoggedIn && client.isLoggedIn)

            // Those of the time before sharing hold as long as their password.
            let former = blog.client
            try former.session { $0["_user_id"] = .text(john.loginID) }
            #expect(!former.isLoggedIn)
            let changed = try #require(try User.find(john.id, in: blog.database))
            try former.session { $0["_user_id"] = .text(changed.loginID) }
            #expect(former.isLoggedIn)
        }
    }

    @Test(
        "cookies stay with this host, away from scripts and other sites, and under HTTPS with HTTPS",
        arguments: ["http", "https"])
    func cookies(scheme: String) throws {
        try Blog.with { blog in
            try blog.add("john")
            let client = blog.client
            client.scheme = scheme
            let cookies = blog.logIn(client, "john@example.com", "cat", remember: true).headers.all("Set-Cookie")
            #expect(cookies.count == 2)
            for cookie in cookies {
                #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), "\(cookie)")
                #expect(cookie.contains("; Path=/") && !cookie.contains("Domain="), "\(cookie)")
                #expect(cookie.contains("; Secure") == (scheme == "https"), "\(cookie)")
            }
            let remembered = cookies.contains { $0.hasPrefix("remember_token=") && $0.contains("Expires=") }
            #expect(remembered)
        }
    }
}
