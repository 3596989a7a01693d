import Roost
import Testing

@Suite("Settings")
struct SettingsTests {
    static let known = [
        Setting("pool.workers", .count(1...64), nil, "workers"),
        Setting("pool.request_timeout", .duration, "30s", "timeout"),
        Setting("http.max_body", .size, "16MB", "body"),
        Setting("pool.socket_mode", .fileMode, "0660", "mode"),
        Setting("slow_query.parameters", .choice(["redacted", "shown"]), "redacted", "values"),
        Setting("pool.listen", .list, "unix:a", "sockets"),
        Setting("debug", .flag, "false", "debug"),
        Setting("secret_key", .text, nil, "key", secret: true),
    ]

    @Test("a time is read with its unit", arguments: [
        ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
        ("0.5s", .milliseconds(500)), ("0", .zero),
    ])
    func time(text: String, expected: Duration) throws {
        #expect(try Settings(known: Self.known, ["pool.request_timeout": text]).duration("pool.request_timeout") == expected)
    }

    @Test("a size is read in powers of 1,024", arguments: [("512", 512), ("64KB", 65_536), ("16MB", 16 << 20), ("1GB", 1 << 30)])
    func size(text: String, expected: Int) throws {
        #expect(try Settings(known: Self.known, ["http.max_body": text]).size("http.max_body") == expected)
    }

    @Test("nonsense is refused, never guessed", arguments: [
        ("pool.request_timeout", "30"), ("pool.request_timeout", "-1s"), ("pool.request_timeout", "soon"),
        ("pool.request_timeout", "nans"), ("http.max_body", "32768g"), ("http.max_body", "-1"), ("http.max_body", "1.5MB"),
        ("http.max_body", "9999999999999GB"), ("pool.workers", "0"), ("pool.workers", "65"), ("pool.workers", "four"),
        ("pool.socket_mode", "0999"), ("pool.socket_mode", "7777"), ("slow_query.parameters", "all"), ("debug", "maybe"),
    ])
    func nonsense(key: String, text: String) {
        #expect(throws: SettingError.self) { try Settings(known: Self.known, [key: text]) }
    }

    @Test("an unknown key is refused with its origin and the nearest known key")
    func unknownKey() {
        let values = ["pool.wrokers": Settings.Value(["4"], from: .file("deploy/flasky.yaml", line: 12))]
        let error = #expect(throws: SettingError.self) { try Settings(known: Self.known, values: values) }
        #expect("\(error!)" == "deploy/flasky.yaml:12: pool.wrokers: unknown setting; did you mean pool.workers?")
    }

    @Test("a value keeps where it came from, and a default says so")
    func origins() throws {
        let settings = try Settings(
            known: Self.known, values: ["debug": .init(["on"], from: .environment("DEBUG"))])
        #expect(try settings.value("debug")?.origin == .environment("DEBUG"))
        #expect(try settings.value("http.max_body")?.origin == .standard)
        #expect(try settings.value("pool.workers") == nil)
    }

    @Test("asking for a setting nobody listed is an error, not an empty value")
    func unlisted() throws {
        let settings = try Settings(known: Self.known)
        #expect(throws: SettingError.self) { try settings.text("pool.wrokers") }
        #expect(throws: SettingError.self) { try settings.text("secret_key") }
        #expect(try settings.optionalText("secret_key") == nil)
    }

    @Test("the environment variable of a key is its name in capitals")
    func environmentName() {
        #expect(Setting("pool.request_timeout", .duration, nil, "").environmentName == "POOL_REQUEST_TIMEOUT")
        #expect(Setting("secret_key", .text, nil, "").environmentName == "SECRET_KEY")
    }

    @Test("two settings of one name are refused")
    func duplicate() {
        #expect(throws: SettingError.self) { try Settings(known: Self.known + [Self.known[0]]) }
    }
}
