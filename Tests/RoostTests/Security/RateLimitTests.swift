import Roost
import Testing

@Suite("Rate limits")
struct RateLimitTests {
    private let second: Int64 = 1_000_000_000

    @Test("so many come at once, then they come evenly")
    func even() throws {
        let counters = try SharedRateCounters(capacity: 64)
        let limit = RateLimit(3, per: .seconds(3))
        for _ in 0..<3 { #expect(counters.use(key: 7, limit: limit, now: 100 * second) == nil) }
        #expect(counters.use(key: 7, limit: limit, now: 100 * second) == second)
        #expect(counters.use(key: 8, limit: limit, now: 100 * second) == nil)
        #expect(counters.use(key: 7, limit: limit, now: 101 * second) == nil)
        #expect(counters.use(key: 7, limit: limit, now: 101 * second) == second)
        // After a pause there is room for three again, not for more.
        for _ in 0..<3 { #expect(counters.use(key: 7, limit: limit, now: 200 * second) == nil) }
        #expect(counters.use(key: 7, limit: limit, now: 200 * second) != nil)
    }

    @Test("a burst of one spaces them from the first on")
    func burst() throws {
        let counters = try SharedRateCounters(capacity: 64)
        let limit = RateLimit.perMinute(60, burst: 1)
        #expect(counters.use(key: 1, limit: limit, now: 5 * second) == nil)
        #expect(counters.use(key: 1, limit: limit, now: 5 * second) == second)
    }

    @Test("more keys than places never refuse a newcomer")
    func crowded() throws {
        let counters = try SharedRateCounters(capacity: 8)
        let limit = RateLimit.perHour(1)
        for key in 1...1000 { #expect(counters.use(key: UInt64(key), limit: limit, now: second) == nil) }
    }

    @Test("a view answers 429 with when to come again, by client")
    func view() throws {
        let app = App("test")
        try app.requiring(.rate(.perMinute(2))).post("/login") { request in "in" }
        let client = app.testClient()
        #expect(client.post("/login").status == 200 && client.post("/login").status == 200)
        let refused = client.post("/login")
        #expect(refused.status == 429)
        #expect((1...30).contains(Int(refused.headers["Retry-After"] ?? "") ?? 0))
        client.remoteAddress = "192.0.2.1"
        #expect(client.post("/login").status == 200)
    }

    @Test("a view counts by what a form says")
    func inside() throws {
        let app = App("test")
        let counters = try SharedRateCounters()
        try app.post("/login") { request in
            let name = try request.form["name"] ?? ""
            try counters.count(RateKey { _ in name }, of: request, limit: .perMinute(1))
            return "in"
        }
        let client = app.testClient()
        #expect(client.post("/login", form: ["name": "john"]).status == 200)
        let refused = client.post("/login", form: ["name": "john"])
        #expect(refused.status == 429 && refused.headers["Retry-After"] != nil)
        #expect(client.post("/login", form: ["name": "susan"]).status == 200)
    }

    @Test("the addresses of one IPv6 network count together")
    func network() throws {
        let app = App("test")
        try app.requiring(.rate(.perMinute(1))).get("/") { request in "in" }
        let client = app.testClient()
        client.remoteAddress = "2001:db8:1:2::1"
        #expect(client.get("/").status == 200)
        client.remoteAddress = "2001:db8:1:2:ffff::9"
        #expect(client.get("/").status == 429)
        client.remoteAddress = "2001:db8:1:3::1"
        #expect(client.get("/").status == 200)
        client.remoteAddress = "::ffff:192.0.2.1"
        #expect(client.get("/").status == 200)
        client.remoteAddress = "::ffff:192.0.2.2"
        #expect(client.get("/").status == 200)
    }

    @Test("looking at a limit does not count")
    func looking() throws {
        let counters = try SharedRateCounters(capacity: 64)
        let limit = RateLimit(1, per: .seconds(2))
        for _ in 0..<3 { #expect(counters.wait(key: 7, limit: limit, now: second) == nil) }
        #expect(counters.use(key: 7, limit: limit, now: second) == nil)
        #expect(counters.wait(key: 7, limit: limit, now: second) == 2 * second)
        #expect(counters.wait(key: 8, limit: limit, now: second) == nil)
        #expect(counters.wait(key: 7, limit: limit, now: 3 * second) == nil)
    }

    @Test("failures are limited for each client and detail, successes are not")
    func failures() throws {
        let app = App("test")
        let failures = try FailureLimit(.perMinute(2))
        try app.get("/<name>/<word>") { (request: Request, name: String, word: String) in
            try failures.check(request, name)
            if word == "wrong" { try failures.count(request, name) }
            return word
        }
        let client = app.testClient()
        for _ in 0..<5 { #expect(client.get("/john/right").status == 200) }
        for _ in 0..<2 { #expect(client.get("/john/wrong").status == 200) }
        let refused = client.get("/john/right")
        #expect(refused.status == 429 && (1...30).contains(Int(refused.headers["Retry-After"] ?? "") ?? 0))
        #expect(client.get("/susan/right").status == 200)
        client.remoteAddress = "192.0.2.1"
        #expect(client.get("/john/right").status == 200)
    }
}
