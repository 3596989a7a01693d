import Roost
import Testing

@Suite("Interop: cookies and configuration", .comparesWithVectors)
struct CookieInterop {
    @Test("cookies are written alike")
    func dump() throws {
        for vector in try Vectors.of("cookie.dump", in: "cookie_header", count: 7) {
            if let word = vector.input["samesite"]?.string, !vector.isValid {
                // Here the type system refuses it in code, and the settings refuse it in files.
                #expect(throws: SettingError.self, "\(vector.id)") {
                    try Settings(known: FlaskSettings.all, ["session.cookie_samesite": word])
                }
                continue
            }
            let cookie = Cookie(
                try vector.text("key"), try vector.text("value"), maxAge: vector.input["max_age"]?.int,
                expires: vector.input["expires"]?.int.map { Int64($0) })
            #expect(try cookie.headerValue() == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("cookies are read alike")
    func parse() throws {
        for vector in try Vectors.of("cookie.parse", in: "cookie_header", count: 5) {
            let cookies = Cookies(header: Array(try vector.text("header").utf8))
            let found = SessionValue.array(cookies.map { .array([.text($0.name), .text($0.value)]) })
            #expect(found == vector.expected["ok"], "\(vector.id)")
        }
    }

    @Test("settings have Flask's defaults")
    func defaults() throws {
        let settings = try Settings(known: FlaskSettings.all)
        for vector in try Vectors.of("config.default", in: "config", count: 20) {
            let flask = try vector.text("name")
            let expected = try need(vector.expected["ok"])
            guard let setting = FlaskSettings.setting(for: flask) else {
                #expect(FlaskSettings.names.contains { $0.flask == flask } && expected.isNull, "\(vector.id)")
                continue
            }
            let value = try settings.value(setting.key)?.texts.first
            switch expected {
            case .null: #expect(value == nil, "\(vector.id)")
            case .bool(let flag): #expect(try settings.flag(setting.key) == flag, "\(vector.id)")
            case .integer(let number):
                let found =
                    setting.kind == .duration
                    ? Int(try settings.duration(setting.key).components.seconds) : try settings.count(setting.key)
                #expect(found == number, "\(vector.id)")
            case .array(let words):
                #expect(value == words.compactMap(\.string).joined(separator: ","), "\(vector.id)")
            default: #expect(value == expected.string, "\(vector.id)")
            }
        }
    }
}
