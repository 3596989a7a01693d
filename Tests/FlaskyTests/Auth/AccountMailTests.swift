import Roost
import RoostMail
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Mails about accounts", .enabled(if: Blog.server != nil))
struct AccountMailTests {
    @Test("each mail has its words, its link alone on a line of the text and twice in the HTML, and the signature")
    func contents() throws {
        try Blog.with { blog in
            try blog.add("john", isConfirmed: false)
            let client = try blog.loggedIn("john")
            _ = client.post("/auth/confirm")
            _ = client.post("/auth/change_email", form: ["email": "new@example.com", "password": "cat"])
            blog.askForReset()
            let words = [
                ("[Flasky] Confirm Your Account", "/auth/confirm/", "Welcome to Flasky!"),
                ("[Flasky] Confirm your email address", "/auth/change_email/", "new email address"),
                ("[Flasky] Reset Your Password", "/auth/reset/", "did not ask"),
            ]
            #expect(blog.outbox.count == 3)
            for (mail, (subject, path, word)) in zip(blog.outbox, words) {
                let (text, html) = (try #require(mail.text), try #require(mail.html))
                #expect(mail.subject == subject && mail.sender?.description == "Flasky Admin <flasky@example.com>")
                let link = try #require(text.split(separator: "\n").first { $0.hasPrefix("http://localhost" + path) })
                #expect(html.contains("<a href=\"\(link)\">click here</a>") && html.contains("<p>\(link)</p>"))
                for part in [text, html] {
                    for sentence in [
                        "Dear john,", word, "Sincerely,", "The Flasky Team",
                        "Note: replies to this email address are not monitored.",
                    ] { #expect(part.contains(sentence), "\(subject): \(sentence)") }
                }
            }
        }
    }

    @Test("a username from elsewhere is escaped in the HTML and nowhere else")
    func escaped() throws {
        try Blog.with { blog in
            try blog.add("john")
            try blog.database.execute("UPDATE users SET username = '<b>&'")
            blog.askForReset()
            let mail = try #require(blog.outbox.first)
            #expect(mail.text?.hasPrefix("Dear <b>&,") == true && mail.html?.contains("Dear &lt;b&gt;&amp;,") == true)
        }
    }

    private func link(_ settings: [String: String], host: String) throws -> String? {
        var line: String?
        try Blog.with(settings) { blog in
            try blog.add("john")
            let client = blog.client
            client.host = host
            blog.askForReset(from: client)
            line = blog.outbox.first?.text?.split(separator: "\n").first { $0.hasPrefix("http") }.map(String.init)
        }
        return line
    }

    @Test("links lead to the server's name, whatever host a client asks for")
    func serverName() throws {
        let link = try link(["http.server_name": "flasky.example.com"], host: "evil.example")
        #expect(link?.hasPrefix("http://flasky.example.com/auth/reset/") == true)
    }

    @Test("without a server's name they lead to the host asked for, when it is a trusted one")
    func trustedHosts() throws {
        let hosts = ["http.trusted_hosts": ".example.com"]
        let good = try link(hosts, host: "www.example.com:8080")
        #expect(good?.hasPrefix("http://www.example.com:8080/auth/reset/") == true)
        let bad = try link(hosts, host: "evil.example")
        #expect(bad == nil)
    }

    @Test("without either no link leads away from this machine")
    func neither() throws {
        let own = try link([:], host: "127.0.0.1:8080")
        #expect(own?.hasPrefix("http://127.0.0.1:8080/auth/reset/") == true)
        let other = try link([:], host: "evil.example")
        #expect(other == nil)
    }

    @Test("a host that links cannot lead to is 400 with what to do, for known and unknown addresses alike")
    func foreignHost() throws {
        try Blog.with(["app.environment": "development", "mail.suppress": "true"]) { blog in
            try blog.add("john")
            let client = blog.client
            client.host = "evil.example"
            let answers = ["john@example.com", "nobody@example.com"].map { blog.askForReset($0, from: client) }
            #expect(answers.map(\.status) == [400, 400])
            for answer in answers {
                #expect(answer.text.contains("&#34;evil.example&#34;") && answer.text.contains("http.server_name"))
            }
            #expect(blog.outbox.isEmpty)
        }
    }

    @Test("who registers at such a host gets 400 and no account, who is logged in no mail")
    func foreignHostStoresNothing() throws {
        try Blog.with { blog in
            let client = blog.client
            client.host = "evil.example"
            let answer = client.post(
                "/auth/register",
                form: ["email": "new@example.com", "username": "new", "password": "cat", "password2": "cat"])
            #expect(answer.status == 400)
            let added = try User.find(email: "new@example.com", in: blog.database)
            #expect(added == nil)

            let susan = blog.client
            susan.host = "evil.example"
            try susan.logIn(blog.add("susan", isConfirmed: false))
            #expect(susan.post("/auth/confirm").status == 400)
            let change = susan.post("/auth/change_email", form: ["email": "x@example.com", "password": "cat"])
            #expect(change.status == 400 && blog.outbox.isEmpty)
        }
    }
}
