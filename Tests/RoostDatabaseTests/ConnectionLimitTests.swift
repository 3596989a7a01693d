import RoostDatabase
import Testing

@Suite("Connections of all workers")
struct ConnectionLimitTests {
    @Test("enough is silent; too few is told with the arithmetic")
    func arithmetic() throws {
        #expect(ConnectionLimit(workers: 96, limit: 100, reserved: 3).warning == nil)
        let warning = try #require(ConnectionLimit(workers: 97, limit: 100, reserved: 3).warning)
        #expect(warning.contains("need 98 connections, and the server gives 97 (max_connections 100 less 3 reserved)"))
    }
}
