internal import ArgumentParser
internal import Flasky
internal import Roost
internal import RoostCommands
internal import RoostPostgres

/// The executable `flasky`: the blog with the commands every Roost application has, and its own.
enum FlaskyProgram: Application {
    static let name = "flasky"
    static let settings = Flasky.settings
    static let standards = [
        "pool.listen": "unix:var/run/flasky.sock", "pool.pid_file": "var/run/flasky.pid",
        "pool.control": "var/run/flasky.control", "log.app": "var/log/flasky.log", "log.access": "var/log/access.log",
        "log.slow_query": "var/log/slow-query.log", "log.events": "var/log/events.log",
    ].merging(Flasky.standards) { $1 }
    static let commands: [any ParsableCommand.Type] = [
        DeployCommand.self, RolesCommand.self, UsersCommand.self, FakeCommand.self, SearchCommand.self,
    ]

    static func makeApp(_ settings: Settings) throws -> App { try Flasky.makeApp(settings) }

    static func remarks(_ settings: Settings, in database: Connection) throws -> [String] {
        try Flasky.searchComplaints(in: database, settings: settings)
    }
}
