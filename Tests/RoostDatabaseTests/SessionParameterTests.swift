import Roost
import RoostDatabase
import RoostPostgres
import Testing

@Suite("Parameters of sessions in the settings")
struct SessionParameterTests {
    private func parameters(_ texts: String...) throws -> [(name: String, value: String)] {
        let list = Settings.Value(texts, from: .code)
        let settings = try Settings(known: DatabaseSettings.all, values: ["database.session": list])
        return try ConnectionSettings(settings, applicationName: "test").sessionParameters
    }

    @Test("names and values in order; a value may be empty or hold an equals sign")
    func form() throws {
        let read = try parameters("enable_memoize=off", "work_mem = 8MB", "search_path=", "a.b=c=d")
        #expect(read.map(\.name) == ["enable_memoize", "work_mem", "search_path", "a.b"])
        #expect(read.map(\.value) == ["off", "8MB", "", "c=d"])
        let settings = try Settings(known: DatabaseSettings.all, [:])
        #expect(try ConnectionSettings(settings, applicationName: "test").sessionParameters.isEmpty)
    }

    @Test(
        "what is no parameter is refused, with what to do",
        arguments: [
            ("work_mem", "name=value: \"work_mem\""), ("=8MB", "a value without a name"),
            ("Statement_Timeout=1s", "set pool.request_timeout"),
        ])
    func refused(_ text: String, _ complaint: String) throws {
        let error = try #require(throws: SettingError.self) { try parameters(text) }
        #expect(error.key == "database.session" && error.problem.contains(complaint))
    }
}
