import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Accounts from the command line", .enabled(if: Blog.server != nil))
struct AccountAdministrationTests {
    @Test("an administrator who was added can log in at once, and is one")
    func add() throws {
        try Blog.with { blog in
            let accounts = try AccountAdministration(blog.app.settings, in: blog.database)
            let boss = try accounts.add(
                email: "Boss@Example.com", username: "boss", password: "cat", role: "Administrator")
            #expect(boss.email == "boss@example.com" && boss.role == "Administrator" && boss.isConfirmed)
            let john = try accounts.add(email: "john@example.com", username: "john", password: "cat")
            #expect(john.role == "User")
            let client = try blog.loggedIn("boss")
            #expect(client.get("/auth/unconfirmed").location == "/")
            let names = try accounts.list().map(\.username)
            #expect(names == ["boss", "john"])
            let follows = try Follow.query.count(in: blog.database)
            #expect(follows == 2)
        }
    }

    @Test("the address of the settings is an administrator's, as when it registers, unless the command says otherwise")
    func settingsAddress() throws {
        try Blog.with { blog in
            let accounts = try AccountAdministration(blog.app.settings, in: blog.database)
            let admin = try accounts.add(email: "Admin@example.com", username: "admin", password: "cat")
            #expect(admin.role == "Administrator")
        }
        try Blog.with { blog in
            let accounts = try AccountAdministration(blog.app.settings, in: blog.database)
            let user = try accounts.add(email: "admin@example.com", username: "admin", password: "cat", role: "User")
            #expect(user.role == "User")
        }
    }

    @Test("what the registration page would refuse is refused in words, and nothing is stored")
    func refusals() throws {
        try Blog.with(["flasky.minimum_password_length": "3"]) { blog in
            try blog.add("john")
            let accounts = try AccountAdministration(blog.app.settings, in: blog.database)
            let cases =
                [
                    ("john", "susan", "cat", nil, "no e-mail address"),
                    ("s@example.com", "2", "cat", nil, "no username"),
                    ("s@example.com", "susan", "ca", nil, "3 characters"),
                    ("s@example.com", "susan", "   ", nil, "blanks"),
                    ("JOHN@example.com", "susan", "cat", nil, "Email already registered."),
                    ("s@example.com", "JOHN", "cat", nil, "Username already in use."),
                    ("s@example.com", "susan", "cat", "Boss", "no role Boss: choose User, Moderator, Administrator"),
                ] as [(String, String, String, String?, String)]
            for (email, username, password, role, words) in cases {
                let error = #expect(throws: AccountError.self) {
                    try accounts.add(email: email, username: username, password: password, role: role)
                }
                #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
            }
            let count = try User.query.count(in: blog.database)
            #expect(count == 1)
        }
    }

    @Test("a role is given to a known user, and the last administrator stays one")
    func promote() throws {
        try Blog.with { blog in
            try blog.add("john")
            try blog.add("boss", role: "Administrator")
            let accounts = try AccountAdministration(blog.app.settings, in: blog.database)
            #expect(throws: AccountError.self) { try accounts.promote(email: "nobody@example.com", to: "User") }
            let last = #expect(throws: AccountError.self) {
                try accounts.promote(email: "boss@example.com", to: "User")
            }
            #expect(last?.description.contains("last administrator") == true)
            let john = try accounts.promote(email: "JOHN@example.com", to: "Administrator")
            #expect(john.role == "Administrator")
            let boss = try accounts.promote(email: "boss@example.com", to: "Moderator")
            #expect(boss.role == "Moderator")
        }
    }
}
