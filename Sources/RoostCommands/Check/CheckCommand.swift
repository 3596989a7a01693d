public import ArgumentParser
internal import Roost
internal import RoostDatabase
internal import RoostMigrations
internal import RoostPool
internal import RoostPostgres
internal import RoostProfiler

/// `check`: proves settings, templates, routes, database and migrations without serving.
public struct CheckCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: "Proves settings, templates, routes, database, migrations.")
    }

    @OptionGroup var options: SettingsOptions

    public init() {}

    public func run() throws {
        let settings = try options.load(for: A.self)
        _ = try PoolSettings(settings)
        _ = try ProfilerSettings(settings)
        print("settings    ok")
        let app = try A.makeApp(settings)
        try app.freeze()
        print("routes      ok  \(app.routes.count) routes")
        print("templates   ok")
        try checkDatabase(settings)
    }

    private func checkDatabase(_ settings: Settings) throws {
        guard try settings.optionalText("database.url") != nil else {
            return print("database    --  database.url is not set")
        }
        let migrator = try options.migrator(for: A.self)
        let database = try options.connect(for: A.self)
        let version = try options.explaining {
            try database.one("SELECT current_setting('server_version')", as: String.self)
        }
        print("database    ok  PostgreSQL \(version)")
        let status = try options.explaining { try migrator.status() }
        guard status.isClean else { throw CommandFailure("migrations: \(status.summary); run \(A.name) db upgrade") }
        print("migrations  ok  \(status.summary)")
        let remarks = try options.explaining { try A.remarks(settings, in: database) }
        for remark in remarks { print("remark      --  \(remark)") }
    }
}
