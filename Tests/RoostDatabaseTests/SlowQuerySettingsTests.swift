import Roost
import RoostDatabase
import Testing

@Suite("Slow-query settings")
struct SlowQuerySettingsTests {
    static let known = [
        Setting("slow_query.threshold", .duration, "500ms", ""),
        Setting("slow_query.parameters", .choice(["redacted", "shown"]), "redacted", ""),
    ]

    @Test("the threshold is kept in nanoseconds, and values are hidden unless asked for")
    func values() throws {
        let standard = try SlowQuerySettings(Settings(known: Self.known))
        #expect(standard.threshold == 500_000_000)
        #expect(!standard.showsParameters)
        let shown = try SlowQuerySettings(Settings(known: Self.known, ["slow_query.parameters": "shown"]))
        #expect(shown.showsParameters)
    }
}
