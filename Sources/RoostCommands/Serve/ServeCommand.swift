public import ArgumentParser
internal import Glibc
internal import Logging
internal import Roost
internal import RoostGateway
internal import RoostPool

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
        let settings = try options.load(for: A.self, flags: flags)
        let poolSettings = try PoolSettings(settings)
        let logs = try AppLogs(settings)
        logs.bootstrap(level: try settings.text("log.level"))
        let program = try makeProgram(settings, logs)
        let master = Master(settings: poolSettings, program: program) { logs.write($0) }
        throw ExitCode(master.run())
    }

    /// The app, built once before the fork: routes compiled, templates parsed, pages shared by all workers.
    private func makeProgram(_ settings: Settings, _ logs: AppLogs) throws -> AppProgram {
        do {
            let app = try A.makeApp(settings)
            app.accessLog = logs.access
            try app.freeze()
            return AppProgram(app: app, limits: try GatewayLimits(settings), waits: try .init(settings), logs: logs)
        } catch {
            throw CommandFailure("cannot boot: \(error)", status: 3)
        }
    }

    private var flags: [SettingsLoader.Flag] {
        let given = [
            ("pool.workers", workers.map(String.init), "--workers"), ("pool.listen", listen, "--listen"),
            ("pool.request_timeout", requestTimeout, "--request-timeout"),
        ]
        return given.compactMap { key, text, name in text.map { SettingsLoader.Flag(key, $0, name: name) } }
    }
}
