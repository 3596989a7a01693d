import Foundation
import RoostPostgres
import Testing

@testable import RoostCommands

@Suite("deploy", .enabled(if: FlaskyProcess.database != nil))
struct DeployCommandTests {
    @Test("two at once bring a new database up to date once, and say what they did")
    func twice() throws {
        let base = try #require(FlaskyProcess.database)
        let schema = "d_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let admin = Connection(settings: ConnectionSettings(url: base))
        try admin.execute("CREATE SCHEMA \(identifier: schema)")
        defer { _ = try? admin.script(unsafe: "DROP SCHEMA \(schema) CASCADE") }
        let url = base + (base.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema),public"
        let both = [try FlaskyProcess(["deploy"], database: url), try FlaskyProcess(["deploy"], database: url)]
        let outcomes = both.map { $0.outcome() }
        for outcome in outcomes {
            #expect(outcome.status == 0 && outcome.output.contains("roles are up to date"), "\(outcome)")
        }
        #expect(outcomes.filter { $0.output.contains("applied migrations/0009_add_search.sql") }.count == 1)
        #expect(outcomes.filter { $0.output.contains("no pending migrations") }.count == 1)
        let roles = try FlaskyProcess(["shell", "-c", "SELECT count(*) FROM roles"], database: url).outcome()
        #expect(roles.status == 0 && roles.output.hasPrefix("count\n-----\n    3\n"))
    }

    @Test("a database that is not there is an error with a reason, and exit status 1")
    func unreachable() throws {
        let outcome = try FlaskyProcess(["deploy"], database: "postgresql://nobody@127.0.0.1:1/none").outcome()
        #expect(outcome.status == 1 && outcome.errors.hasPrefix("flasky: ") && outcome.errors.contains("127.0.0.1"))
    }
}
