import Glibc
import Roost
import Testing

@Suite("Fuzzed cookies")
struct CookieFuzzTests {
    struct User: LoginUser { let loginID: String }

    @Test("no cookie fails a request, signed or not")
    func cookies() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        try app.useLogin(view: "/login") { request, id in id == "1" ? User(loginID: id) : nil }
        try app.get("/") { request in
            let user = try request.currentUser?.loginID ?? "nobody"
            return "\(user) \(request.session.contents.count) \(request.flashedMessages().count)"
        }
        let client = app.testClient()
        try client.logIn(User(loginID: "1"), remember: true)
        try client.session { $0["_flashes"] = [.tuple(["a", "b"]), 1, ["c"], .null] }
        let good =
            "session=\(client.cookies["session"] ?? ""); remember_token=\(client.cookies["remember_token"] ?? "")"
        #expect(client.get("/").status == 200)
        client.cookies = [:]
        let alphabet = Array("abc019-_.=;, |\"\\$%\u{7F}é".utf8)
        let seconds = getenv("ROOST_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? 1
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            var cookie = Array(good.utf8)
            for _ in 0..<Int.random(in: 1...6) {
                let place = Int.random(in: 0..<cookie.count)
                switch Int.random(in: 0..<3) {
                case 0: cookie[place] = alphabet.randomElement()!
                case 1: cookie.remove(at: place)
                default: cookie.insert(alphabet.randomElement()!, at: place)
                }
            }
            let text = String(decoding: cookie, as: UTF8.self)
            #expect(client.get("/", headers: ["Cookie": text]).status == 200, "\(text)")
            client.cookies = [:]
        }
    }
}
