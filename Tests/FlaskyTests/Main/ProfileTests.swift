import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Profiles", .enabled(if: Blog.server != nil))
struct ProfileTests {
    /// John, who told everything about himself.
    private func john(_ blog: Blog) throws -> User {
        var john = try blog.add("john")
        (john.name, john.location, john.aboutMe) = ("John <Doe>", "Köln & Bonn", "I <3 text")
        try john.update(\.name, \.location, \.aboutMe, in: blog.database)
        return john
    }

    @Test("a stranger sees what somebody told about himself, his numbers and posts, but neither address nor buttons")
    func stranger() throws {
        try Blog.with { blog in
            let john = try john(blog)
            try blog.add(comment: "text", by: john, to: try blog.add(post: "a post!", by: john))
            let text = blog.client.get("/user/john").text
            for part in [
                "<title>Flasky - john</title>", "<h1>john</h1>", "John &lt;Doe&gt;", "I &lt;3 text",
                " from <a href=\"https://maps.google.com/?q=K%C3%B6ln+%26+Bonn\" rel=\"nofollow\">Köln &amp; Bonn</a>",
                "1 blog posts. 1 comments.", "Followers: <span class=\"badge\">0</span>", "Posts by john</h3>",
                "Following: <span class=\"badge\">0</span>", "a post!", "data-format=\"format(&#39;L&#39;)\"",
            ] { #expect(text.contains(part.replacing("&#39;", with: "'")), "\(part)") }
            for part in ["john@example.com", ">Follow</button>", "Edit Profile", "Follows you"] {
                #expect(!text.contains(part), "\(part)")
            }
        }
    }

    @Test("the buttons follow, then tell that one does, then unfollow")
    func buttons() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            let client = try blog.client(of: susan)
            #expect(client.get("/user/john").text.contains(">Follow</button>"))
            #expect(try client.press("/follow/john", on: "/user/john").location == "/user/john")
            let following = client.get("/user/john").text
            #expect(following.contains(">Unfollow</button>") && !following.contains(">Follow</button>"))
            #expect(following.contains("Followers: <span class=\"badge\">1</span>"))
            #expect(!following.contains("Follows you"))
            #expect(try blog.client(of: john).get("/user/susan").text.contains("Follows you"))
            #expect(try client.press("/unfollow/john", on: "/user/john").location == "/user/john")
            #expect(client.get("/user/john").text.contains(">Follow</button>"))
        }
    }

    @Test("one's own profile can be edited, not followed; an administrator sees addresses and edits everybody")
    func own() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let own = try blog.client(of: john).get("/user/john").text
            #expect(own.contains("href=\"/edit-profile\">Edit Profile</a>") && !own.contains("[Admin]"))
            #expect(!own.contains("Follow</button>") && !own.contains("Follows you"))
            let ada = try blog.client(of: try blog.add("ada", role: "Administrator"))
            let other = ada.get("/user/john").text
            #expect(other.contains("<a href=\"mailto:john@example.com\">john@example.com</a>"))
            #expect(other.contains("href=\"/edit-profile/\(john.id)\">Edit Profile [Admin]</a>"))
            #expect(!other.contains(">Edit Profile</a>"))
            let both = ada.get("/user/ada").text
            #expect(both.contains(">Edit Profile</a>") && both.contains(">Edit Profile [Admin]</a>"))
        }
    }

    @Test("who may not follow gets no button")
    func mayNotFollow() throws {
        try Blog.with { blog in
            try blog.add("john")
            let mute = try blog.client(of: try blog.add("mute", role: "none"))
            #expect(!mute.get("/user/john").text.contains("Follow</button>"))
        }
    }

    @Test("a name that nobody has, in just that letter case, is not found", arguments: ["John", "johnn", "%00"])
    func unknown(name: String) throws {
        try Blog.with { blog in
            try blog.add("john")
            let status = blog.client.get("/user/\(name)").status
            #expect(status == (name == "%00" ? 400 : 404))
        }
    }

    @Test("only the posts of the profile's user are shown, twenty on a page")
    func posts() throws {
        try Blog.with(["flasky.posts_per_page": "2"]) { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            for number in 1...3 { try blog.add(post: "post-\(number)", by: john) }
            try blog.add(post: "other", by: susan)
            let (first, second) = (blog.client.get("/user/john").text, blog.client.get("/user/john?page=2").text)
            #expect(first.contains("post-3") && first.contains("post-2") && !first.contains("post-1"))
            #expect(second.contains("post-1") && !second.contains("post-2"))
            #expect(!first.contains("other") && first.contains("href=\"/user/john?page=2\""))
        }
    }
}

@Suite("Editing one's profile", .enabled(if: Blog.server != nil))
struct EditProfileTests {
    @Test("the form has what is stored, and stores what is typed")
    func edit() throws {
        try Blog.with(["csrf.enabled": "true"]) { blog in
            let john = try blog.add("john")
            let client = try blog.client(of: john)
            let flashes = try blog.flashes {
                let sent = try client.fill("/edit-profile") { form in
                    #expect(form.names.isSuperset(of: ["name", "location", "about_me"]))
                    (form["name"], form["location"], form["about_me"]) = ("John", "", "two\r\nlines")
                }
                #expect(sent.status == 302 && sent.location == "/user/john")
            }
            #expect(flashes == ["Your profile has been updated."])
            let stored = try #require(try User.find(john.id, in: blog.database))
            #expect(stored.name == "John" && stored.aboutMe == "two\r\nlines" && stored.email == john.email)
            let page = client.get("/edit-profile")
            #expect(try page.form(to: "").fields.contains { $0 == ("name", "John") })
            #expect(page.text.contains("<h1>Edit Your Profile</h1>") && page.text.contains("Real name"))
            // An empty text is stored as such, not as NULL.
            let location = try blog.database.rows("SELECT location FROM users WHERE id = \(john.id)", as: String?.self)
            #expect(location == [""])
        }
    }

    @Test("what is too long or cannot be stored is refused, and all that was typed stays")
    func refused() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let client = try blog.client(of: john)
            let long = String(repeating: "ü", count: 65)
            let page = client.post("/edit-profile", form: ["name": long, "location": "here", "about_me": "x\u{0}y"])
            #expect(page.status == 200 && page.text.contains("Field must be between 0 and 64 characters long."))
            #expect(page.text.contains("cannot be stored") && page.text.contains(long))
            #expect(page.text.contains("value=\"here\""))
            #expect(try User.find(john.id, in: blog.database)?.location == "")
            let longest = client.post("/edit-profile", form: ["name": String(repeating: "ü", count: 64)])
            #expect(longest.status == 302)
        }
    }

    @Test("a stranger is sent to the login page")
    func stranger() throws {
        try Blog.with { blog in
            #expect(blog.client.get("/edit-profile").location == "/auth/login?next=%2Fedit-profile")
        }
    }
}
