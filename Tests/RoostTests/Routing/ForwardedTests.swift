import Roost
import Testing

@Suite("Behind proxies")
struct ForwardedTests {
    private func app(_ proxies: String..., hosts: [String] = []) throws -> App {
        let app = App("test")
        app.trust.proxies = try proxies.map { try #require(AddressRange($0)) }
        app.trust.hosts = hosts
        try app.get("/") { request in
            "\(request.remoteAddress) \(request.scheme) \(request.host) \(try request.urlFor("index", external: true))"
        }
        return app
    }

    private static let headers = [
        "X-Forwarded-For": "6.6.6.6, 198.51.100.7, 10.0.0.9", "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "shop.example",
        "X-Forwarded-Port": "8443", "X-Forwarded-Prefix": "/app/",
    ]

    @Test("headers of strangers count for nothing")
    func strangers() throws {
        let client = try app("10.0.0.0/8").testClient()
        client.remoteAddress = "203.0.113.5"
        #expect(client.get("/", headers: Self.headers).text == "203.0.113.5 http localhost http://localhost/")
    }

    @Test("a trusted proxy's word counts; of the addresses the first that is no proxy, from the right")
    func trusted() throws {
        let client = try app("10.0.0.0/8").testClient()
        client.remoteAddress = "10.0.0.1"
        #expect(
            client.get("/", headers: Self.headers).text
                == "198.51.100.7 https shop.example:8443 https://shop.example:8443/app/")
        #expect(client.get("/", headers: ["X-Forwarded-For": "junk, 10.0.0.3"]).text.hasPrefix("10.0.0.3 "))
        #expect(client.get("/", headers: ["X-Forwarded-For": "[2001:db8::1]:5000"]).text.hasPrefix("2001:db8::1 "))
    }

    @Test(
        "malformed words are ignored",
        arguments: [
            ["X-Forwarded-Proto": "javascript"], ["X-Forwarded-Host": "a/b"], ["X-Forwarded-Port": "99999"],
            ["X-Forwarded-Prefix": "//evil.example"], ["X-Forwarded-Prefix": "evil"], ["X-Forwarded-For": "<script>"],
        ])
    func malformed(headers: [String: String]) throws {
        let client = try app("127.0.0.1").testClient()
        #expect(client.get("/", headers: headers).text == "127.0.0.1 http localhost http://localhost/")
    }

    @Test("a host that is not served is a 400; ports do not matter, a dot means all below")
    func hosts() throws {
        let client = try app(hosts: ["example.org", ".trusted.net"]).testClient()
        for (host, status) in [
            ("example.org", 200), ("EXAMPLE.org:81", 200), ("www.example.org", 400), ("trusted.net", 200),
            ("a.b.trusted.net", 200), ("nottrusted.net", 400),
        ] {
            client.host = host
            #expect(client.get("/").status.code == status, "\(host)")
        }
        #expect(client.get("/").text.contains("is not served here"))
    }

    @Test("the settings name proxies and hosts; nonsense stops the start")
    func settings() throws {
        func app(_ values: [String: Settings.Value]) throws -> App {
            let app = App("test", settings: try Settings(known: HTTPSettings.all, values: values))
            try app.freeze()
            return app
        }
        let app = try app([
            "http.trusted_proxies": .init(["127.0.0.1", "10.0.0.0/8"], from: .code),
            "http.trusted_hosts": .init(["localhost"], from: .code), "http.server_name": .init(["a.b"], from: .code),
            "http.accel_redirect": .init(["/var/files=/protected"], from: .code),
        ])
        #expect(app.limits.fields == 1000 && app.limits.formBytes == 512_000 && app.limits.jsonBytes == 8 << 20)
        #expect(app.trust.proxies.count == 2 && app.trust.hosts == ["localhost"] && app.serverName == "a.b")
        for (key, text) in [("http.trusted_proxies", "everyone"), ("http.accel_redirect", "/var/files")] {
            let error = #expect(throws: SettingError.self) {
                try App("x", settings: try Settings(known: HTTPSettings.all, [key: text])).freeze()
            }
            #expect(error?.description.contains(text) == true)
        }
    }

    @Test("an app that answers without freeze, as in a test, has its settings too; nonsense fails its requests")
    func settingsInTests() throws {
        let app = App("test", settings: try Settings(known: HTTPSettings.all, ["http.trusted_hosts": "example.org"]))
        try app.get("/") { request in "home" }
        #expect(app.testClient().get("/").status == 400)
        try app.freeze()
        #expect(app.trust.hosts == ["example.org"])
        let wrong = App("test", settings: try Settings(known: HTTPSettings.all, ["http.trusted_proxies": "everyone"]))
        wrong.logger.logLevel = .critical
        try wrong.get("/") { request in "home" }
        let answer = wrong.testClient().get("/")
        #expect(answer.status == 500 && answer.error is SettingError)
    }
}
