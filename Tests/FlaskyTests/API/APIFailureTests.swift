import Roost
import RoostHTTP
import RoostPostgres
import RoostSigning
import Testing

@testable import Flasky

@Suite("Wrong passwords in API calls", .enabled(if: Blog.server != nil))
struct APIFailureTests {
    @Test("too many for one account and address are 429, while other accounts, addresses and tokens go on")
    func account() throws {
        try Blog.with(["flasky.api_failures": "3"]) { blog in
            let (john, susan) = (try blog.add("john"), try blog.add("susan"))
            #expect(blog.api(as: john).get("/posts/").status == 200)
            for _ in 0..<3 { #expect(APIClient(blog, "JOHN@example.com", password: "x").get("/posts/").status == 401) }
            let refused = blog.api(as: john).get("/posts/")
            #expect(refused.status == 429 && Int(refused.headers["Retry-After"] ?? "") != nil)
            #expect(try refused.json()["error"] == "too many requests")
            #expect(blog.api(as: susan).get("/posts/").status == 200)
            let token = try AccountTokens(blog.app).api(for: john)
            #expect(APIClient(blog, token, password: "").get("/posts/").status == 200)
            let elsewhere = blog.api(as: john)
            elsewhere.client.remoteAddress = "192.0.2.1"
            #expect(elsewhere.get("/posts/").status == 200)
        }
    }

    @Test("too many for one address are 429 whatever the accounts")
    func address() throws {
        try Blog.with(["flasky.api_failures_per_address": "3"]) { blog in
            let john = try blog.add("john")
            for name in ["a", "b", "c"] { #expect(APIClient(blog, name).get("/posts/").status == 401) }
            #expect(blog.api(as: john).get("/posts/").status == 429)
        }
    }

    @Test("right passwords and missing credentials are not counted")
    func uncounted() throws {
        try Blog.with(["flasky.api_failures": "1", "flasky.api_failures_per_address": "1"]) { blog in
            let john = try blog.add("john")
            for _ in 0..<5 {
                #expect(blog.anonymousAPI.get("/posts/").status == 401)
                #expect(blog.api(as: john).get("/posts/").status == 200)
            }
        }
    }

    @Test("a password that was changed is not remembered, a role that was taken neither")
    func changes() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            #expect(blog.api(as: john).post("/posts/", ["body": "x"]).status == 201)
            try blog.database.execute("UPDATE users SET role_id = NULL")
            #expect(blog.api(as: john).post("/posts/", ["body": "x"]).status == 403)
            try blog.database.execute("UPDATE users SET confirmed = false")
            #expect(blog.api(as: john).get("/posts/").status == 403)
            let hash = try PasswordHash.make("dog", method: .pbkdf2(.sha256, iterations: 1))
            try blog.database.execute("UPDATE users SET confirmed = true, password_hash = \(hash)")
            #expect(blog.api(as: john).get("/posts/").status == 401)
            #expect(APIClient(blog, john.email, password: "dog").get("/posts/").status == 200)
        }
    }
}

@Suite("Passwords that a worker knows")
struct VerifiedPasswordsTests {
    private let second: Int64 = 1_000_000_000

    @Test("a password is known with its stored hash, for its time")
    func known() {
        let passwords = VerifiedPasswords(lifetime: .seconds(10))
        passwords.add("cat", of: "hash", now: second)
        let pairs = [
            ("cat", "hash"), ("dog", "hash"), ("cat", "other"), ("hcat", "has"), ("", "hashcat"), ("at", "hashc"),
        ]
        let known = pairs.map { passwords.knows($0.0, of: $0.1, now: 2 * second) }
        #expect(known == [true, false, false, false, false, false])
        let later = passwords.knows("cat", of: "hash", now: 11 * second)
        #expect(!later)
    }

    @Test("with no time at all nothing is kept")
    func off() {
        let passwords = VerifiedPasswords(lifetime: .zero)
        passwords.add("cat", of: "hash", now: second)
        let isKnown = passwords.knows("cat", of: "hash", now: second)
        #expect(!isKnown)
    }

    @Test("no more are kept than there is room for")
    func room() {
        let passwords = VerifiedPasswords(lifetime: .seconds(10))
        for number in 0..<2500 { passwords.add("\(number)", of: "hash", now: second) }
        let known = (0..<2500).filter { passwords.knows("\($0)", of: "hash", now: second) }
        #expect(known.count <= 1000 && known.contains(2499))
    }
}
