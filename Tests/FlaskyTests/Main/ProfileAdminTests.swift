import Roost
import RoostForms
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Changing accounts as administrator", .enabled(if: Blog.server != nil))
struct ProfileAdminTests {
    private func role(_ name: String, _ blog: Blog) throws -> Int {
        try #require(try Role.query.where(\.name == name).first(in: blog.database)).id
    }

    /// The form of an account as a browser would send it.
    private func form(
        _ user: User, _ blog: Blog, email: String? = nil, username: String? = nil, role: String? = nil
    ) -> KeyValuePairs<String, String> {
        [
            "email": email ?? user.email, "username": username ?? user.username, "confirmed": "y",
            "role": role ?? user.roleID.map { "\($0)" } ?? "", "name": "", "location": "", "about_me": "",
        ]
    }

    @Test("the form has the whole account, with roles by name, and stores what is typed")
    func edit() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john")
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            let address = "/edit-profile/\(john.id)"
            let page = ada.get(address).text
            let roles = ["Administrator", "Moderator", "User"].compactMap {
                page.range(of: ">\($0)</option>")?.lowerBound
            }
            #expect(roles.count == 3 && roles == roles.sorted())
            let moderator = try role("Moderator", blog)
            let flashes = try blog.flashes {
                let sent = try ada.fill(address) { form in
                    #expect(form["email"] == "john@example.com" && form["username"] == "john")
                    #expect(form["confirmed"] == "y" && form["role"] == john.roleID.map { "\($0)" })
                    (form["email"], form["username"]) = ("John@Home.Example.com", "johnny")
                    (form["confirmed"], form["role"]) = (nil, "\(moderator)")
                    (form["name"], form["location"], form["about_me"]) = ("J", "here", "text")
                }
                #expect(sent.status == 302 && sent.location == "/user/johnny")
            }
            #expect(flashes == ["The profile has been updated."])
            let stored = try #require(try User.find(john.id, in: blog.database))
            #expect(stored.username == "johnny" && stored.email == "john@home.example.com" && !stored.isConfirmed)
            #expect(stored.roleID == moderator && stored.name == "J" && stored.location == "here")
            // md5 of john@home.example.com: pictures go by it.
            #expect(stored.avatarHash == "f7be2f027c700e53dde819985291352a")
            #expect(stored.passwordHash == john.passwordHash)
        }
    }

    @Test("an address or a name that somebody has is refused in every letter case, one's own is not")
    func taken() throws {
        try Blog.with { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("Susan"))
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            let address = "/edit-profile/\(john.id)"
            let taken = ada.post(address, form: form(john, blog, email: "SUSAN@example.com", username: "susan"))
            #expect(taken.status == 200 && taken.text.contains("Email already registered."))
            #expect(taken.text.contains("Username already in use.") && taken.text.contains("SUSAN@example.com"))
            let own = ada.post(address, form: form(john, blog, email: "JOHN@example.com", username: "John"))
            #expect(own.location == "/user/John")
            #expect(try User.find(john.id, in: blog.database)?.email == "john@example.com")
            #expect(try User.find(susan.id, in: blog.database)?.username == "Susan")
        }
    }

    @Test("an odd name or address is refused with the book's sentences")
    func odd() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            let page = ada.post("/edit-profile/\(john.id)", form: form(john, blog, email: "a@b.c", username: "9 lives"))
            #expect(page.status == 200 && page.text.contains("Invalid email address."))
            #expect(page.text.contains("Usernames must have only letters, numbers, dots or underscores"))
        }
    }

    @Test("a role that is not listed, missing or no number is refused")
    func oddRole() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            let address = "/edit-profile/\(john.id)"
            let listed = "<p class=\"help-block\">Not a valid choice</p>"
            let unknown = ada.post(address, form: form(john, blog, role: "999")).text
            #expect(unknown.contains(listed) && !unknown.contains("could not coerce"))
            let text = ada.post(address, form: form(john, blog, role: "x")).text
            #expect(text.contains("Invalid Choice: could not coerce</p>") && text.contains(listed))
            let missing = ada.post(address, form: ["email": john.email, "username": john.username])
            #expect(missing.status == 200 && missing.text.contains(listed))
            #expect(try User.find(john.id, in: blog.database)?.roleID == john.roleID)
        }
    }

    @Test("the last administrator keeps the role; with another one it can be given up")
    func lastAdministrator() throws {
        try Blog.with { blog in
            let ada = try blog.add("ada", role: "Administrator")
            let client = try blog.client(of: ada)
            let demotion = form(ada, blog, role: "\(try role("User", blog))")
            let refused = client.post("/edit-profile/\(ada.id)", form: demotion)
            #expect(refused.status == 200 && refused.text.contains("Somebody must be administrator"))
            #expect(try User.find(ada.id, in: blog.database)?.isAdministrator == true)
            let eve = try blog.add("eve", role: "Administrator", isConfirmed: false)
            #expect(client.post("/edit-profile/\(ada.id)", form: demotion).status == 200, "eve can do nothing yet")
            try blog.database.execute("UPDATE users SET confirmed = true WHERE id = \(eve.id)")
            #expect(client.post("/edit-profile/\(ada.id)", form: demotion).location == "/user/ada")
            #expect(try User.find(ada.id, in: blog.database)?.isAdministrator == false)
            #expect(client.get("/edit-profile/\(ada.id)").status == 403)
        }
    }

    @Test("the last two administrators cannot demote each other at the same moment")
    func lastTwo() throws {
        try Blog.with { blog in
            var (ada, eve) = (try blog.add("ada", role: "Administrator"), try blog.add("eve", role: "Administrator"))
            let user = try role("User", blog)
            (ada.roleID, eve.roleID) = (user, user)
            let other = Connection(settings: blog.database.settings)
            defer { other.close() }
            try other.execute("SET lock_timeout = '50ms'")
            try blog.database.transaction {
                try ada.saveAccount(in: blog.database)
                // The other one waits until this is decided; here it is refused the wait.
                #expect(throws: QueryError.self) { try eve.saveAccount(in: other) }
            }
            #expect(throws: AccountRefusal.lastAdministrator) { try eve.saveAccount(in: other) }
            #expect(try User.find(eve.id, in: other)?.isAdministrator == true)
        }
    }

    @Test("a name or an address that another request took a moment earlier is an error of the form")
    func race() throws {
        try Blog.with { blog in
            var john = try blog.add("john")
            try blog.add("ada", role: "Administrator")
            john.username = "ada"
            #expect(throws: AccountRefusal.usernameIsTaken) { try john.saveAccount(in: blog.database) }
            (john.username, john.email) = ("john", "Ada@example.com")
            #expect(throws: AccountRefusal.emailIsTaken) { try john.saveAccount(in: blog.database) }
            let form = try EditProfileAdminForm(of: john, in: blog.database)
            for refusal in [AccountRefusal.emailIsTaken, .usernameIsTaken] { form.show(refusal) }
            #expect(form.email.errors == ["Email already registered."])
            #expect(form.username.errors == ["Username already in use."])
        }
    }

    @Test("strangers log in first, others get 403, also for accounts that are not there; then 404")
    func refused() throws {
        try Blog.with { blog in
            let mo = try blog.client(of: try blog.add("mo", role: "Moderator"))
            #expect(blog.client.get("/edit-profile/999").location == "/auth/login?next=%2Fedit-profile%2F999")
            #expect(mo.get("/edit-profile/999").status == 403)
            #expect(mo.post("/edit-profile/999").status == 403)
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            #expect(ada.get("/edit-profile/999").status == 404)
        }
    }
}
