import RoostMarkup
import Testing

@Suite("The nearest name")
struct NearestNameTests {
    @Test("a slip of the finger finds the name that was meant", arguments: [
        ("wrokers", "workers"), ("worker", "workers"), ("uper", "upper"), ("url_fro", "url_for"), ("pool.lissten", "pool.listen"),
    ])
    func near(typed: String, meant: String) {
        #expect(NearestName.of(typed, among: ["workers", "upper", "lower", "url_for", "pool.listen"]) == meant)
    }

    @Test("a name unlike all others suggests nothing", arguments: ["zzz", "", "something else entirely"])
    func far(typed: String) {
        #expect(NearestName.of(typed, among: ["workers", "upper"]) == nil)
    }
}
