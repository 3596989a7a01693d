import Roost
import Testing

@Suite("Sessions on the server")
struct StoredSessionTests {
    /// A store that keeps sessions in memory and counts what is asked of it.
    final class MemoryStore: SessionStore {
        var kept: [String: StoredSession] = [:]
        var saves = 0
        var isBroken = false
        struct Broken: Error {}

        func load(_ key: String, for request: Request, now: Int64) throws -> StoredSession? {
            if isBroken { throw Broken() }
            return kept[key]
        }

        func save(_ key: String, _ session: SessionObject, until expires: Int64, for request: Request) {
            saves += 1
            kept[key] = StoredSession(session, expires: expires)
        }

        func remove(_ key: String, for request: Request) { kept[key] = nil }
    }

    struct User: LoginUser { let loginID: String }

    /// Far ahead: the client of tests drops cookies whose time has passed.
    final class Time { var now: Int64 = 4_000_000_000 }

    private func makeApp(_ store: MemoryStore, _ time: Time = Time()) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.unixTime = { time.now }
        app.useSessions(StoredSessions(SessionSettings(), in: store))
        try app.useLogin { request, id in User(loginID: id) }
        try app.get("/") { request in request.session["name"]?.string ?? "nobody" }
        try app.get("/plain") { request in "plain" }
        try app.get("/login") { request in String(request.logIn(User(loginID: "1"))) }
        return app
    }

    @Test("the cookie holds an id, the store its digest")
    func digest() throws {
        let store = MemoryStore()
        let client = try makeApp(store).testClient()
        try client.session { $0["name"] = "John" }
        let id = try #require(client.cookies["session"])
        #expect(id.utf8.count == 43 && store.kept.count == 1 && store.kept[id] == nil)
        #expect(client.get("/").text == "John")
        #expect(store.saves == 1)
    }

    @Test("an id that the server did not give is not taken on")
    func fixation() throws {
        let store = MemoryStore()
        let client = try makeApp(store).testClient()
        let chosen = String(repeating: "a", count: 43)
        client.cookies["session"] = chosen
        try client.session { $0["name"] = "John" }
        #expect(client.cookies["session"] != chosen)
    }

    @Test("logging in gives another id and forgets the old one")
    func renewal() throws {
        let store = MemoryStore()
        let client = try makeApp(store).testClient()
        try client.session { $0["name"] = "John" }
        let before = client.cookies["session"]
        _ = client.get("/login")
        #expect(client.cookies["session"] != before && store.kept.count == 1)
        #expect(client.get("/").text == "John")
    }

    @Test("an emptied session is forgotten")
    func emptied() throws {
        let store = MemoryStore()
        let client = try makeApp(store).testClient()
        try client.session { $0["name"] = "John" }
        try client.session { $0.clear() }
        #expect(store.kept.isEmpty && client.cookies["session"] == nil)
    }

    @Test("a permanent session is written again only when a tenth of its lifetime is over")
    func touching() throws {
        let (store, time) = (MemoryStore(), Time())
        let client = try makeApp(store, time).testClient()
        try client.session { $0.isPermanent = true }
        time.now += 1000
        #expect(client.get("/plain").headers["Set-Cookie"] != nil)
        #expect(store.saves == 1)
        time.now += 300_000
        _ = client.get("/plain")
        #expect(store.saves == 2)
        time.now += 2_678_401
        #expect(client.get("/").text == "nobody")
    }

    @Test("a store that fails is an error page, never an empty session")
    func broken() throws {
        let store = MemoryStore()
        let client = try makeApp(store).testClient()
        try client.session { $0["name"] = "John" }
        store.isBroken = true
        #expect(client.get("/").status == 500)
        #expect(client.get("/plain").status == 200)
    }
}
