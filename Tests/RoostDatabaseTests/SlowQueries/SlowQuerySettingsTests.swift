import Roost
import RoostDatabase
import Testing

@Suite("Slow-query settings")
struct SlowQuerySettingsTests {
    private func settings(_ texts: [String: String] = [:]) throws -> SlowQuerySettings {
        try SlowQuerySettings(Settings(known: SlowQuerySettings.known, texts))
    }

    @Test("the threshold is kept in nanoseconds, and values and plans are off unless asked for")
    func values() throws {
        let standard = try settings()
        #expect(standard.threshold == 500_000_000)
        #expect(!standard.showsParameters && !standard.explains)
        #expect(standard.repeats == 10)
        #expect(try settings(["slow_query.parameters": "shown"]).showsParameters)
    }

    @Test("a release without a name goes by its build id, which is the same at every look")
    func release() throws {
        #expect(try settings(["release": "v12"]).release == "v12")
        let build = try settings().release
        #expect(build.hasPrefix("build-"))
        #expect(try settings().release == build)
    }

    @Test("an accepted repeat names its endpoint or fingerprint, and gives a reason")
    func ignored() throws {
        let list = Settings.Value(
            ["endpoint main.feed: ten at most: by design", "fingerprint 00000000deadbeef : legacy"], from: .code)
        let read = try SlowQuerySettings(Settings(known: SlowQuerySettings.known, values: ["slow_query.ignore": list]))
        #expect(
            read.ignored == [
                IgnoredRepeat(.endpoint("main.feed"), reason: "ten at most: by design"),
                IgnoredRepeat(.fingerprint("00000000deadbeef"), reason: "legacy"),
            ])
    }

    @Test(
        "an accepted repeat without a reason, or of another form, is refused with what it must look like",
        arguments: [
            "main.feed", "endpoint main.feed", "endpoint main.feed:", "endpoint : x", "route a: b", "fingerprint 12: x",
        ])
    func refused(text: String) {
        let error = #expect(throws: SettingError.self) { try settings(["slow_query.ignore": text]) }
        #expect("\(error!)".contains("endpoint NAME: reason"))
    }
}
