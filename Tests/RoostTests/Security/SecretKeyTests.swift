import Roost
import RoostSigning
import Testing

@Suite("The secret key in production")
struct SecretKeyTests {
    private static let good = "5f1c0a7be2d94e3388a6c0b1f7d2e9a4"

    private func problem(
        _ environment: String, _ texts: [String: String] = [:], _ register: (App) throws -> Void = { _ in }
    ) throws -> String? {
        let settings = try Settings(
            known: FlaskSettings.all + [.appEnvironment], ["app.environment": environment].merging(texts) { $1 })
        let app = App("test", settings: settings)
        try register(app)
        do {
            try app.freeze()
            return nil
        } catch let error as SettingError {
            return error.description
        }
    }

    private static let users: [(String, @Sendable (App) throws -> Void)] = [
        ("CSRF tokens", { try $0.useCSRF() }), ("logins", { try $0.useLogin { _, _ in nil } }),
        ("sessions", { $0.useSessions(try SessionSettings($0.settings)) }),
        ("tokens in mails", { $0.requireSecretKey(for: "tokens in mails") }),
    ]

    @Test("whoever signs does not start without one, and is told what to do", arguments: 0..<users.count)
    func missing(_ index: Int) throws {
        let (use, register) = Self.users[index]
        let refusal = try #require(try problem("production", [:], register))
        #expect(refusal.contains("secret_key: is not set, and \(use) sign with it: set SECRET_KEY"))
        #expect(try problem("production", ["secret_key": Self.good], register) == nil)
        #expect(try problem("development", [:], register) == nil)
        #expect(try problem("testing", [:], register) == nil)
    }

    @Test("an app that signs nothing starts without one")
    func unused() throws {
        #expect(try problem("production") == nil)
    }

    @Test("a key that others may know or guess is refused, used or not", arguments: [
        ("short", "has 5 bytes, and needs 16 at least"), ("fifteen bytes !", "has 15 bytes"),
        ("hard to guess string", "is printed in books"), ("You-Will-Never-Guess", "is printed in books"),
        ("dev", "is printed in books"), ("abababababababababab", "repeats a few characters"),
    ])
    func weak(key: String, reason: String) throws {
        for setting in ["secret_key", "secret_key_fallbacks", "csrf.secret_key"] {
            let refusal = try #require(try problem("production", [setting: key]))
            #expect(refusal.contains("\(setting): \(reason)") && refusal.contains("openssl rand -hex 32"))
            #expect(!refusal.contains(key))
            #expect(try problem("development", [setting: key]) == nil)
        }
    }

    @Test("a key that is long enough is taken", arguments: [
        good, "sixteen bytes ok", "a sentence that nobody has printed yet",
    ])
    func strong(key: String) throws {
        #expect(try problem("production", ["secret_key": key]) == nil)
        #expect(SecretKey(key).weakness == nil)
    }

    @Test("an app that never called freeze tells it with its first response, and freeze does each time")
    func withoutFreeze() throws {
        let settings = try Settings(known: FlaskSettings.all + [.appEnvironment], [:])
        let app = App("test", settings: settings)
        app.logger.logLevel = .critical
        try app.useCSRF()
        for _ in 0..<2 { #expect(throws: SettingError.self) { try app.freeze() } }
        #expect(app.testClient().get("/").error is SettingError)
    }
}
