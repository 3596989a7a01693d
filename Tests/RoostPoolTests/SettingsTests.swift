import Testing

@testable import RoostPool

@Suite("Pool settings")
struct SettingsTests {
    @Test(
        "addresses are understood",
        arguments: [
            ("unix:var/run/a.sock", ListenAddress(.unix(path: "var/run/a.sock"))),
            ("127.0.0.1:9000", ListenAddress(.tcp(host: "127.0.0.1", port: 9000))),
            ("[::1]:9000", ListenAddress(.tcp(host: "::1", port: 9000))),
            ("fd:web", ListenAddress(.inherited(name: "web"))),
            ("uwsgi+unix:/run/u.sock", ListenAddress(.unix(path: "/run/u.sock"), wire: .uwsgi)),
            ("uwsgi+*:9001", ListenAddress(.tcp(host: "*", port: 9001), wire: .uwsgi)),
        ])
    func parses(text: String, expected: ListenAddress) throws {
        let address = try ListenAddress(parsing: text)
        #expect(address == expected)
        #expect(address.description == text)
    }

    @Test(
        "addresses that cannot work are refused with the text and the reason",
        arguments: [
            "", "unix:", "fd:", "9000", ":9000", "host:", "host:0", "host:65536", "host:80a", "host:-1", "::1:9000",
            "unix:" + String(repeating: "a", count: 108), "uwsgi+", "unix:a\0b",
        ])
    func refuses(text: String) {
        #expect(throws: SettingsError.self) { try ListenAddress(parsing: text) }
    }

    @Test("the defaults are valid")
    func defaults() throws { try PoolSettings().validate() }

    struct Mistake: Sendable {
        let key: String
        let change: @Sendable (inout PoolSettings) -> Void
        init(_ key: String, _ change: @escaping @Sendable (inout PoolSettings) -> Void) {
            self.key = key
            self.change = change
        }
    }

    @Test(
        "contradictions and values out of range name their key",
        arguments: [
            Mistake("slow_request") { $0.slowRequest = .seconds(30) },
            Mistake("request_timeout") { $0.requestTimeout = .zero },
            Mistake("workers") { $0.workers = 0 },
            Mistake("backlog") { $0.backlog = 0 },
            Mistake("listen") { $0.listen = [] },
            Mistake("listen") { $0.listen += $0.listen },
            Mistake("max_requests") { $0.maxRequests = -1 },
            Mistake("boot_timeout") { $0.bootTimeout = .seconds(-1) },
            Mistake("mode") { $0.mode = .dynamic },
            Mistake("socket_mode") { $0.socketMode = 0o1777 },
            Mistake("handover_after") { $0.handoverAfter = .seconds(60) },
        ])
    func contradictions(mistake: Mistake) throws {
        var settings = PoolSettings()
        mistake.change(&settings)
        let error = try #require(throws: SettingsError.self) { try settings.validate() }
        #expect(error.key == mistake.key)
    }
}
