public import ArgumentParser
internal import Glibc
internal import Logging
internal import Roost
internal import RoostDatabase
internal import RoostGateway
internal import RoostPool
internal import RoostProfiler

/// `serve`: runs the pool in the foreground until it is told to stop.
public struct ServeCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve", abstract: "Runs the pool of workers in the foreground.",
            discussion: """
                Signals: TERM and QUIT stop gracefully (a second one at once), INT stops at once, HUP replaces the workers,
                USR1 reopens the logs, TTIN and TTOU add and remove a worker. Exit status: 0 stopped, 3 cannot boot, 1 else.
                """)
    }

    @OptionGroup var options: SettingsOptions

    @Option(help: "How many workers.")
    var workers: Int?

    @Option(help: ArgumentHelp("Socket to listen on: unix:PATH or HOST:PORT.", valueName: "address"))
    var listen: String?

    @Option(help: ArgumentHelp("End requests that run longer, such as 30s.", valueName: "time"))
    var requestTimeout: String?

    public init() {}

    public func run() throws {
        let (master, logs) = try prepare()
        let status = master.run()
        if status != 0, let reason = logs.lastFailure { Terminal.complain("\(A.name): \(reason)") }
        throw ExitCode(status)
    }

    /// Everything that happens before the first fork. What fails here is "cannot boot": exit status 3.
    private func prepare() throws -> (Master, AppLogs) {
        do {
            let settings = try options.load(for: A.self, flags: flags)
            let poolSettings = try PoolSettings(settings)
            let logs = try AppLogs(settings)
            let level = try Logger.Level(rawValue: settings.text("log.level")) ?? .info
            // Not sendable, and never sent: a process of the pool has one thread.
            nonisolated(unsafe) let file = logs.app
            LoggingSystem.bootstrap { JSONLogHandler(label: $0, file: file, logLevel: level) }
            let program = AppProgram(app: try makeApp(settings, logs), limits: try GatewayLimits(settings), logs: logs)
            return (Master(settings: poolSettings, program: program) { logs.write($0) }, logs)
        } catch {
            throw CommandFailure("cannot boot: \(error)", status: 3)
        }
    }

    /// The app, built once before the fork: routes compiled, templates parsed, pages shared by all workers.
    private func makeApp(_ settings: Settings, _ logs: AppLogs) throws -> App {
        let app = try A.makeApp(settings)
        app.showsErrors = try settings.flag("debug")
        app.accessLog = logs.access
        app.database?.slowQueryLog = logs.slowQuery
        try app.useProfiler(ProfilerSettings(settings))
        try app.freeze()
        return app
    }

    private var flags: [SettingsLoader.Flag] {
        let given = [
            ("pool.workers", workers.map(String.init), "--workers"), ("pool.listen", listen, "--listen"),
            ("pool.request_timeout", requestTimeout, "--request-timeout"),
        ]
        return given.compactMap { key, text, name in text.map { SettingsLoader.Flag(key, $0, name: name) } }
    }
}
